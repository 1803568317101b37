import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { batmanLinks } from './batman-links.ts'
import {
  bucketOf,
  parseBatmanOriginators,
  parseThrottled,
  stationCount,
  accessPoints,
} from './machine-texts.ts'

const run = promisify(execFile)
const COMMAND_MS = 2_000
const MIB = 1024 * 1024

/** How the machine under a node is. What it cannot tell is absent. */
export interface MachineFacts {
  /** Hundredths of the load of one minute, a core. */
  readonly load: number
  /** MiB. */
  readonly memory: { readonly available: number; readonly total: number; readonly used: number }
  readonly temperature?: number
  readonly throttled?: number
  /** MiB written by this program since it started. */
  readonly written: number
  readonly diskErrors: number
  /** Index into clientBuckets. The number itself, and who they are, is forgotten at once. */
  readonly clients?: number
  /** batman-adv's transmission qualities, best first. */
  readonly tq?: number[]
}

/** Reads what Linux and a Raspberry Pi tell of themselves. Commands that are not there are looked for once. */
export class MachineReader {
  readonly #root: string
  readonly #missing = new Set<string>()

  /** @param root in place of `/`, for tests */
  constructor(root = '') {
    this.#root = root
  }

  async read(): Promise<MachineFacts> {
    const [temperature, throttled, written, diskErrors, clients, tq, available] = await Promise.all([
      this.#temperature(),
      this.#throttled(),
      this.#written(),
      this.#diskErrors(),
      this.#clients(),
      this.#qualities(),
      this.#available(),
    ])
    return {
      load: Math.round(((loadavg()[0] ?? 0) * 100) / availableParallelism()),
      memory: {
        available: available ?? Math.floor(freemem() / MIB),
        total: Math.floor(totalmem() / MIB),
        used: Math.ceil(process.memoryUsage.rss() / MIB),
      },
      written,
      diskErrors,
      ...(temperature === undefined ? {} : { temperature }),
      ...(throttled === undefined ? {} : { throttled }),
      ...(clients === undefined ? {} : { clients }),
      ...(tq === undefined ? {} : { tq }),
    }
  }

  /** MiB; what the kernel could give, caches included. Hidden from a hardened unit, which then counts free memory. */
  async #available(): Promise<number | undefined> {
    const text = await this.#text('/proc/meminfo')
    const kib = Number(/^MemAvailable:\s+(\d+) kB/m.exec(text ?? '')?.[1])
    return Number.isFinite(kib) ? Math.floor(kib / 1024) : undefined
  }

  async #temperature(): Promise<number | undefined> {
    const text = await this.#text('/sys/class/thermal/thermal_zone0/temp')
    const thousandths = text === undefined ? Number.NaN : Number.parseInt(text, 10)
    const degrees = Math.round(thousandths / 1000)
    return degrees > -100 && degrees < 250 ? degrees : undefined
  }

  async #throttled(): Promise<number | undefined> {
    const text =
      (await this.#text('/sys/devices/platform/soc/soc:firmware/get_throttled')) ??
      (await this.#command('vcgencmd', 'get_throttled'))
    return text === undefined ? undefined : parseThrottled(text)
  }

  async #written(): Promise<number> {
    const text = await this.#text('/proc/self/io')
    return Math.floor(Number(/^write_bytes: (\d+)/m.exec(text ?? '')?.[1] ?? 0) / MIB)
  }

  async #diskErrors(): Promise<number> {
    const disks = await this.#list('/sys/fs/ext4')
    const counts = await Promise.all(disks.map((disk) => this.#text(`/sys/fs/ext4/${disk}/errors_count`)))
    return counts.reduce((sum, text) => sum + (Number.parseInt(text ?? '0', 10) || 0), 0)
  }

  async #clients(): Promise<number | undefined> {
    const radios = (await this.#list('/sys/class/net')).filter((name) => name.startsWith('wl'))
    if (radios.length === 0) return undefined
    const interfaces = accessPoints((await this.#command('iw', 'dev')) ?? '')
    if (interfaces.length === 0) return undefined
    const dumps = await Promise.all(
      interfaces.map((name) => this.#command('iw', 'dev', name, 'station', 'dump')),
    )
    return bucketOf(dumps.reduce((sum, dump) => sum + stationCount(dump ?? ''), 0))
  }

  /** How well other nodes are reached over batman-adv, by IP address, in (0, 1]; empty where it is not there, or does not say. */
  async linkQualities(): Promise<ReadonlyMap<string, number>> {
    const [originators, clients, neighbours] = await Promise.all([
      this.#batman('originators', 'batctl', 'meshif', 'bat0', 'originators_json'),
      this.#batman('transtable_global', 'batctl', 'meshif', 'bat0', 'transtable_global_json'),
      this.#batman('neighbours', 'ip', '-json', 'neighbour', 'show', 'dev', 'bat0'),
    ])
    if (originators === undefined || clients === undefined || neighbours === undefined) return new Map()
    return batmanLinks({ originators, clients, neighbours })
  }

  /** What mesh-art-links.service wrote; where that does not run, what a command says to a program that may ask. */
  async #batman(table: string, ...command: [string, ...string[]]): Promise<string | undefined> {
    if (!(await this.#list('/sys/class/net')).includes('bat0')) return undefined
    const path = `/run/mesh-art-links/${table}`
    const size = await stat(`${this.#root}${path}`).then(
      (found) => found.size,
      () => null,
    )
    if (size === null) return this.#command(...command)
    // Whoever floods the mesh with addresses floods this table.
    return size > MIB ? undefined : this.#text(path)
  }

  async #qualities(): Promise<number[] | undefined> {
    const text = await this.#batman('originators', 'batctl', 'meshif', 'bat0', 'originators_json')
    return text === undefined ? undefined : parseBatmanOriginators(text)
  }

  async #text(path: string): Promise<string | undefined> {
    try {
      return await readFile(`${this.#root}${path}`, 'utf8')
    } catch {
      // Not on this machine, or hidden from this program.
      return undefined
    }
  }

  async #list(path: string): Promise<string[]> {
    try {
      return await readdir(`${this.#root}${path}`)
    } catch {
      // Not on this machine, or hidden from this program.
      return []
    }
  }

  async #command(name: string, ...args: string[]): Promise<string | undefined> {
    if (this.#missing.has(name)) return undefined
    try {
      const { stdout } = await run(name, args, { timeout: COMMAND_MS, maxBuffer: MIB })
      return stdout
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') this.#missing.add(name)
      return undefined
    }
  }
}
