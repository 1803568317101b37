import type { Traffic } from '../../venue/support/network.ts'
import { cpuSecondsOf, trafficBeside } from './proc.ts'

const SAMPLE_MS = 200
/** More than what keeps a connection alive, less than a chunk: the transfer has begun. */
const BEGUN_BYTES = 48 * 1024

interface Sample {
  readonly ms: number
  readonly traffic: readonly Traffic[]
  readonly cpuSeconds: readonly number[]
}

export interface Watched {
  readonly name: string
  readonly pid: number
}

export interface LinkUse {
  readonly name: string
  /** Megabits a second of each whole second, from the start. */
  readonly sent: readonly number[]
  readonly received: readonly number[]
  /** Per cent of a core that the node took in each second. */
  readonly cpu: readonly number[]
  /** Seconds from the start until the first part of the payload had come, and until the node was complete. */
  readonly beganSeconds: number | null
  readonly doneSeconds: number | null
}

/** Counts what crosses every node's cable, from `start` on. */
export class Timeline {
  readonly #nodes: readonly Watched[]
  readonly #device: string
  readonly #samples: Sample[] = []
  readonly #done = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(nodes: readonly Watched[], device = 'eth0') {
    this.#nodes = nodes
    this.#device = device
  }

  start(): void {
    this.#take()
    this.#timer = setInterval(() => this.#take(), SAMPLE_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#take()
  }

  done(name: string): void {
    this.#done.set(name, performance.now())
  }

  /** Bytes that a node's cable brought since the start, as of the last sample. */
  received(name: string): number {
    const i = this.#nodes.findIndex((node) => node.name === name)
    return receivedBy(this.#samples.at(-1), i) - receivedBy(this.#samples[0], i)
  }

  /** Frame bytes that all nodes sent between start and stop. */
  sentByAll(): number {
    const sum = (sample: Sample | undefined): number =>
      sample?.traffic.reduce((total, { sentBytes }) => total + sentBytes, 0) ?? 0
    return sum(this.#samples.at(-1)) - sum(this.#samples[0])
  }

  links(): LinkUse[] {
    const startMs = this.#samples[0]?.ms ?? 0
    return this.#nodes.map(({ name }, i) => {
      const began = this.#samples.find(
        (sample) => receivedBy(sample, i) - receivedBy(this.#samples[0], i) > BEGUN_BYTES,
      )
      const done = this.#done.get(name)
      return {
        name,
        sent: this.#rates((sample) => ((sample.traffic[i]?.sentBytes ?? 0) * 8) / 1e6),
        received: this.#rates((sample) => (receivedBy(sample, i) * 8) / 1e6),
        cpu: this.#rates((sample) => (sample.cpuSeconds[i] ?? 0) * 100),
        beganSeconds: began === undefined ? null : (began.ms - startMs) / 1000,
        doneSeconds: done === undefined ? null : (done - startMs) / 1000,
      }
    })
  }

  /** @param of what grows @returns by how much, in each second */
  #rates(of: (sample: Sample) => number): number[] {
    const perSecond = 1000 / SAMPLE_MS
    const rates: number[] = []
    for (let i = 0; i + perSecond < this.#samples.length; i += perSecond) {
      const from = this.#samples[i]
      const to = this.#samples[i + perSecond]
      if (from === undefined || to === undefined) break
      rates.push(((of(to) - of(from)) * 1000) / (to.ms - from.ms))
    }
    return rates
  }

  #take(): void {
    const traffic = this.#nodes.map(({ pid }) => trafficBeside(pid, this.#device))
    const cpuSeconds = this.#nodes.map(({ pid }) => cpuSecondsOf(pid))
    this.#samples.push({ ms: performance.now(), traffic, cpuSeconds })
  }
}

function receivedBy(sample: Sample | undefined, node: number): number {
  return sample?.traffic[node]?.receivedBytes ?? 0
}

/** What each node's cable carried in each second, in Mbit/s, and what the node took of a core, in per cent. */
export function timelineText(links: readonly LinkUse[]): string {
  const row = (rates: readonly number[]): string => rates.map((rate) => String(Math.round(rate))).join(' ')
  return links
    .flatMap(({ name, sent, received, cpu, beganSeconds, doneSeconds }) => [
      `${name} sends    ${row(sent)}`,
      `${name} receives ${row(received)}   (from ${seconds(beganSeconds)}, complete ${seconds(doneSeconds)})`,
      `${name} core %   ${row(cpu)}`,
    ])
    .join('\n')
}

function seconds(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(1)} s`
}
