import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { VenueHost } from '../../venue/support/network.ts'
import { outputOf } from '../support/workspace.ts'

const PORT = 7000
const LISTENING = /:1B58 00000000:0000 0A/
const LISTEN_LIMIT_MS = 10_000
const BUFFER = 'socat -u -b 65536'

export interface ChainResult {
  readonly seconds: number
  /** Of all processes of the chain. */
  readonly cpuSeconds: number
  readonly frameBytes: number
}

/**
 * The peer of every shaped run: a stream through all hosts, each of which keeps it in a file and passes it on as it comes.
 * What plain TCP needs on these very links, without a protocol, hashing or a durable store.
 * @throws when a copy is not the original
 */
export async function socatChain(init: {
  hosts: readonly VenueHost[]
  stream: string
  sha256: string
  folder: string
  limitMs: number
}): Promise<ChainResult> {
  const { hosts, stream, sha256, folder, limitMs } = init
  const copies: string[] = []
  const running: Promise<string>[] = []
  for (const [i, host] of [...hosts.entries()].toReversed()) {
    const next = hosts[i + 1]
    const copy = join(folder, `copy-${i}`)
    const onwards = next === undefined ? '' : `TCP:${next.address}:${PORT}`
    const from = `${BUFFER} TCP-LISTEN:${PORT},reuseaddr`
    const command =
      i === 0
        ? `${BUFFER} OPEN:${stream} ${onwards}`
        : next === undefined
          ? `${from} CREATE:${copy}`
          : `${from} - | tee ${copy} | ${BUFFER} - ${onwards}`
    if (i === 0) break
    copies.push(copy)
    running.push(outputOf(host.spawn('sh', ['-c', `${command}; times`]), limitMs))
    await listening(host)
  }
  const [first, second] = hosts
  if (first === undefined || second === undefined) throw new Error('a chain has two ends')
  const before = hosts.map((host) => host.traffic().sentBytes)
  const startMs = performance.now()
  const command = `${BUFFER} OPEN:${stream} TCP:${second.address}:${PORT}; times`
  running.push(outputOf(first.spawn('sh', ['-c', command]), limitMs))
  const times = await Promise.all(running)
  const seconds = (performance.now() - startMs) / 1000
  const after = hosts.map((host) => host.traffic().sentBytes)
  for (const copy of copies) {
    if (hash('sha256', readFileSync(copy)) !== sha256) throw new Error(`${copy} is not the original`)
  }
  return {
    seconds,
    cpuSeconds: times.reduce((sum, text) => sum + cpuOf(text), 0),
    frameBytes: after.reduce((sum, bytes, i) => sum + bytes - (before[i] ?? 0), 0),
  }
}

async function listening(host: VenueHost): Promise<void> {
  const untilMs = performance.now() + LISTEN_LIMIT_MS
  while (!LISTENING.test(host.run('cat', '/proc/net/tcp'))) {
    if (performance.now() > untilMs) throw new Error('socat does not listen')
    await delay(20)
  }
}

/** What `times` of the shell printed: user and system, of itself and of its children. */
function cpuOf(times: string): number {
  const found = [...times.matchAll(/(\d+)m([\d.]+)s/g)]
  return found.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0)
}
