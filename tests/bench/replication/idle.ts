import { join } from 'node:path'
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { VenueNetwork } from '../../venue/support/network.ts'
import { median } from '../support/statistics.ts'
import type { VenueHost } from '../../venue/support/network.ts'
import { processFigures } from '../support/process-figures.ts'
import { Workspace } from '../support/workspace.ts'
import { BenchNode } from './bench-node.ts'
import { makeExhibition } from './exhibition.ts'
import { workloadSizes, writePayload } from './payload.ts'
import { cpuSecondsOf } from './proc.ts'
import { replicate, settle } from './replicate.ts'
import { hostAt } from './shaped.ts'
import type { RunOptions } from './shaped.ts'

const NODES = 10
const REPLICATION_LIMIT_MS = 5 * 60_000
/** From complete, or from connected, until it counts as idle. */
const REST_MS = 45_000
const ETHERNET_HEADER_BYTES = 14

export interface Idleness {
  /** Frame bytes that one node sent in a minute: of all nodes the mean, and the most. */
  readonly bytesPerMinute: number
  readonly mostBytesPerMinute: number
  /** Of the mean: to UDP port 5353. */
  readonly mdnsBytesPerMinute: number
  readonly cpuSecondsPerMinute: number
  /** Of the worst node, and of the one in the middle. */
  readonly rssMiB: number
  readonly middleRssMiB: number
}

export interface IdleRun {
  readonly minutes: number
  readonly load: number
  readonly asItIs: Idleness
  /** With nodes that send no health status. */
  readonly withoutStatus: Idleness
}

/** Ten nodes on one switch that have everything, and what they send nevertheless. */
export async function runIdle(minutes: number, { note }: RunOptions): Promise<IdleRun> {
  const network = new VenueNetwork()
  const workspace = new Workspace()
  const nodes: BenchNode[] = []
  try {
    const names = Array.from({ length: NODES }, (_, i) => `n${i}`)
    const hosts = names.map((name) => network.host(name))
    for (const host of hosts) {
      host.offloadsOff()
      countMdns(host)
    }
    note('making the exhibition')
    const payload = writePayload(workspace.folder('payload'), workloadSizes)
    const dirs = new Map(names.map((name) => [name, workspace.path(name)]))
    const { records, opening } = await makeExhibition(dirs, payload)
    const folder = workspace.folder('sockets')
    const start = async (preload?: string): Promise<void> => {
      for (const [i, name] of names.entries()) {
        const options = { host: hostAt(hosts, i), name, dataDir: dirs.get(name) ?? '', folder }
        nodes.push(await BenchNode.start({ ...options, ...(preload === undefined ? {} : { preload }) }))
      }
      await settle(nodes, () => NODES - 1, records)
    }
    note('starting the nodes')
    await start()
    note('replicating to all, so that they idle with everything')
    await replicate({ nodes, payload, opening, limitMs: REPLICATION_LIMIT_MS })
    const load = loadavg()[0] ?? 0
    const asItIs = await rest(nodes, minutes, note)
    note('starting the nodes again, without their health status')
    await Promise.all(nodes.splice(0).map((node) => node.stop()))
    await start(join(import.meta.dirname, 'quiet-status.ts'))
    return { minutes, load, asItIs, withoutStatus: await rest(nodes, minutes, note) }
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    network.close()
    await workspace.close()
  }
}

async function rest(
  nodes: readonly BenchNode[],
  minutes: number,
  note: (text: string) => void,
): Promise<Idleness> {
  note(`letting them rest for ${REST_MS / 1000} s, then counting for ${minutes} minutes`)
  await delay(REST_MS)
  const before = nodes.map(countersOf)
  const startMs = performance.now()
  await delay(minutes * 60_000)
  const took = (performance.now() - startMs) / 60_000
  const after = nodes.map(countersOf)
  const perMinute = (of: (counters: Counters) => number): number[] =>
    after.map((counters, i) => (of(counters) - of(before[i] ?? counters)) / took)
  const sent = perMinute((counters) => counters.sentBytes)
  const rss = nodes.map(({ pid }) => processFigures(pid).rssMiB)
  return {
    bytesPerMinute: mean(sent),
    mostBytesPerMinute: Math.max(...sent),
    mdnsBytesPerMinute: mean(perMinute((counters) => counters.mdnsBytes)),
    cpuSecondsPerMinute: mean(perMinute((counters) => counters.cpuSeconds)),
    rssMiB: Math.max(...rss),
    middleRssMiB: median(rss),
  }
}

interface Counters {
  readonly sentBytes: number
  readonly mdnsBytes: number
  readonly cpuSeconds: number
}

function countMdns(host: VenueHost): void {
  host.run('nft', 'add table inet idle')
  host.run('nft', 'add counter inet idle mdns')
  host.run('nft', 'add chain inet idle sent { type filter hook output priority 0; policy accept; }')
  host.run('nft', 'add rule inet idle sent udp dport 5353 counter name "mdns"')
}

function countersOf({ host, pid }: BenchNode): Counters {
  const listed = host.run('nft', 'list counter inet idle mdns')
  const [, packets, bytes] = /packets (\d+) bytes (\d+)/.exec(listed) ?? []
  return {
    sentBytes: host.traffic().sentBytes,
    // The firewall counts from the IP header on, the interface whole frames.
    mdnsBytes: Number(bytes) + ETHERNET_HEADER_BYTES * Number(packets),
    cpuSeconds: cpuSecondsOf(pid),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
