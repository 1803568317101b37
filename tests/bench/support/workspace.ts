import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const STOP_TIMEOUT_MS = 5_000

/** The temporary folder and the processes of one bench. `close` ends and removes them all; so does the end of this process. */
export class Workspace {
  readonly #outer = mkdtempSync(join(tmpdir(), 'mesh-art-bench-'))
  readonly #folder: string
  readonly #children = new Set<ChildProcess>()
  readonly #onExit = (): void => this.#remove()

  constructor() {
    spreadFolders(this.#outer)
    this.#folder = mkdtempSync(join(this.#outer, 'run-'))
    process.once('exit', this.#onExit)
  }

  path(...names: string[]): string {
    return join(this.#folder, ...names)
  }

  folder(name: string): string {
    const path = this.path(name)
    mkdirSync(path, { recursive: true })
    return path
  }

  delete(name: string): void {
    rmSync(this.path(name), { recursive: true, force: true })
  }

  /** Node with these arguments, output piped, input from nowhere. */
  node(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    return child
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children].map((child) => stopProcess(child)))
    process.off('exit', this.#onExit)
    this.#remove()
  }

  #remove(): void {
    for (const child of this.#children) child.kill('SIGKILL')
    rmSync(this.#outer, { recursive: true, force: true })
  }
}

/**
 * Has ext4 put each folder made here somewhere else on the disk. Where it has no journal it looks, for every new file, for an inode
 * that nothing had in the last five minutes; where the last run's files were, that costs more than all else a store does. Other
 * file systems have no such flag, and no such trouble.
 */
function spreadFolders(folder: string): void {
  spawnSync('chattr', ['+T', folder], { stdio: 'ignore' })
}

/** Asks it to end, and makes it after a while. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(timer)
}

/** What a process printed, once it has ended well. @throws when it failed, or takes longer than the limit */
export async function outputOf(child: ChildProcess, limitMs: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let out = ''
  let err = ''
  child.stdout?.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr?.on('data', (bytes: Buffer) => (err += bytes.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  child.once('close', (code, signal) => {
    clearTimeout(timer)
    if (code === 0) resolve(out)
    else reject(new Error(`${child.spawnargs.join(' ')} ended with ${signal ?? code}: ${err.slice(-2000)}`))
  })
  return promise
}

/** A port of the loopback address that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The first line a process prints. @throws when it ends before */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      const end = out.indexOf('\n')
      if (end !== -1) resolve(out.slice(0, end))
    })
    child.once('exit', () => reject(new Error(`${child.spawnargs.join(' ')} ended without a word`)))
  })
}
