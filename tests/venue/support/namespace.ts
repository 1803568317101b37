import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A network namespace with a name, and a folder of its own below /etc/netns (resolv.conf). Needs root and iproute2. */
export class Namespace {
  readonly name: string
  readonly etc: string

  constructor(name: string) {
    this.name = name
    this.etc = join('/etc/netns', name)
    mkdirSync(this.etc, { recursive: true })
    execFileSync('ip', ['netns', 'add', name])
    this.run('ip', 'link', 'set', 'lo', 'up')
  }

  /** @returns what it printed @throws when it fails */
  run(command: string, ...args: string[]): string {
    return execFileSync('ip', ['netns', 'exec', this.name, command, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    })
  }

  try(command: string, ...args: string[]): Outcome {
    const { status, stdout, stderr } = spawnSync('ip', ['netns', 'exec', this.name, command, ...args], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    return { status, stdout, stderr }
  }

  /** Ends what runs in it, and takes it away. */
  remove(): void {
    const pids = spawnSync('ip', ['netns', 'pids', this.name], { encoding: 'utf8' }).stdout
    for (const pid of pids.split('\n').filter(Boolean)) {
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It ended between the question and this.
      }
    }
    spawnSync('ip', ['netns', 'delete', this.name])
    rmSync(this.etc, { recursive: true, force: true })
  }
}
