import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cardLayout } from '../../firmware-config/image/card-layout.ts'
import { emulatorFor } from './emulator.ts'
import type { EmulatedBoard, EmulatorNeeds } from './emulator.ts'
import { asMember } from './as-member.ts'

/** How long a start may take where every instruction is emulated, on a machine that has other work. */
const readyTimeoutMs = 20 * 60_000
const partitions = cardLayout({ starts: 'uefi', storage: 'card' })

/** A card in an emulated computer: switched on, asked over its network, and cut off from power at any moment. */
export class EmulatedCard {
  readonly image: string
  readonly board: EmulatedBoard
  readonly #folder: string
  #child: ChildProcess | null = null
  #door: Server | null = null
  #port = 0
  #starts = 0

  /** @param image is written to; it must have the size of a real card */
  constructor(options: { image: string; board: EmulatedBoard; folder: string }) {
    this.image = options.image
    this.board = options.board
    this.#folder = options.folder
    mkdirSync(this.#folder, { recursive: true })
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get isOn(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null
  }

  /** What the machine said on its serial line since it was switched on. */
  get console(): string {
    const file = join(this.#folder, `console-${this.#starts}.log`)
    return existsSync(file) ? readFileSync(file, 'latin1') : ''
  }

  /** Bytes that it wrote to its card since it was switched on, in pages (proc_pid_io(5)). */
  get writtenBytes(): number {
    const said = readFileSync(`/proc/${this.#child?.pid}/io`, 'utf8')
    return Number(/^write_bytes: (\d+)$/m.exec(said)?.[1])
  }

  async switchOn(beside: Pick<EmulatorNeeds, 'stick' | 'run'> = {}): Promise<void> {
    if (this.isOn) throw new Error('it is on already')
    const port = await freePort()
    this.#starts += 1
    // What an earlier run left there is nothing that this one said.
    rmSync(join(this.#folder, `console-${this.#starts}.log`), { force: true })
    const { command, args } = emulatorFor(this.board, {
      image: this.image,
      boot: (path) => this.#fromBoot(path),
      console: join(this.#folder, `console-${this.#starts}.log`),
      port,
      ...beside,
    })
    this.#door = asMember(port)
    this.#port = await portOf(this.#door)
    const said = openSync(join(this.#folder, 'emulator.log'), 'a')
    this.#child = spawn(command, args, { stdio: ['ignore', said, said] })
  }

  /** The power goes: nothing is written any more, not even what the machine believes written but was not. */
  async cutPower(): Promise<void> {
    const child = this.#child
    this.#door?.close()
    this.#door?.closeAllConnections()
    this.#door = null
    if (child === null) return
    const gone = new Promise((done) => child.once('exit', done))
    if (this.isOn) {
      child.kill('SIGKILL')
      await gone
    }
    this.#child = null
  }

  /** Until its system starts the machine again, which here ends it. */
  async untilOff(): Promise<void> {
    const startMs = performance.now()
    while (this.isOn) {
      if (performance.now() - startMs > readyTimeoutMs)
        throw new Error(`it never started again:\n${this.console.slice(-3000)}`)
      await pause(500)
    }
  }

  /** Until it said something on its serial line. */
  async untilSaid(what: RegExp): Promise<RegExpExecArray> {
    const startMs = performance.now()
    for (;;) {
      const found = what.exec(this.console)
      if (found !== null) return found
      if (!this.isOn || performance.now() - startMs > readyTimeoutMs)
        throw new Error(`it never said ${what}:\n${this.console.slice(-3000)}`)
      await pause(500)
    }
  }

  /** @returns seconds since it was called */
  async untilReady(): Promise<number> {
    return this.until('/readyz', (status) => status === 200)
  }

  async until(path: string, holds: (status: number, text: string) => boolean): Promise<number> {
    const startMs = performance.now()
    for (;;) {
      if (!this.isOn) throw new Error(`the emulator ended:\n${this.console.slice(-3000)}`)
      const answer = await this.get(path).catch(() => null)
      if (answer !== null && holds(answer.status, answer.text)) return (performance.now() - startMs) / 1000
      if (performance.now() - startMs > readyTimeoutMs)
        throw new Error(`${path} never was as it should be:\n${this.console.slice(-3000)}`)
      await pause(500)
    }
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.url}${path}`, {
      signal: AbortSignal.timeout(30_000),
      redirect: 'manual',
    })
    return { status: answer.status, text: await answer.text() }
  }

  /** A number of /metrics, whatever its labels. */
  async metric(name: string): Promise<number> {
    const { text } = await this.get('/metrics')
    const found = new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.e+-]+)$`, 'm').exec(text)
    if (found === null) throw new Error(`/metrics has no ${name}`)
    return Number(found[1])
  }

  /** A part of the card as a file of its own; the card must be off. */
  partition(number: number, file: string): void {
    const table = execFileSync('sfdisk', ['--json', this.image], { encoding: 'utf8' })
    const { partitiontable } = JSON.parse(table) as {
      partitiontable: { partitions: { start: number; size: number }[] }
    }
    const part = partitiontable.partitions[number - 1]
    if (part === undefined) throw new Error(`the card has no part ${number}`)
    const args = [`if=${this.image}`, `of=${file}`, 'bs=1M', 'iflag=skip_bytes,count_bytes', 'conv=sparse']
    execFileSync('dd', [...args, `skip=${part.start * 512}`, `count=${part.size * 512}`, 'status=none'])
  }

  /** A file of the boot partition, brought out as a Raspberry Pi's first stage would read it. */
  #fromBoot(path: string): string {
    const to = join(this.#folder, path.replaceAll('/', '-'))
    const at = partitions[0]?.startBytes ?? 0
    execFileSync('mcopy', ['-o', '-i', `${this.image}@@${at}`, `::${path}`, to])
    return to
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await portOf(server)
  await new Promise((done) => server.close(done))
  return port
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}
