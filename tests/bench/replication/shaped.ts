import { loadavg } from 'node:os'
import { VenueNetwork } from '../../venue/support/network.ts'
import type { VenueHost } from '../../venue/support/network.ts'
import { Workspace } from '../support/workspace.ts'
import { BenchNode } from './bench-node.ts'
import { makeExhibition } from './exhibition.ts'
import { workloadSizes, writePayload, writeStream } from './payload.ts'
import { replicate, settle } from './replicate.ts'
import type { Replicated } from './replicate.ts'
import { socatChain } from './socat-chain.ts'
import type { ChainResult } from './socat-chain.ts'
import { limitSeconds, LINK_MBIT, neighboursOf } from './topologies.ts'
import type { Topology } from './topologies.ts'

/** No run is waited for longer than this many times its limit. */
const PATIENCE = 8

export interface ShapedRun extends Replicated {
  readonly timesLimit: number
  readonly redundancy: number
  /** Of the machine, just before; of the last minute. */
  readonly load: number
  readonly socat: ChainResult & { readonly timesLimit: number; readonly redundancy: number }
}

export interface RunOptions {
  readonly note: (text: string) => void
}

/** One run on shaped links: plain TCP through all hosts, then the nodes, on the same cables. */
export async function runShaped(topology: Topology, { note }: RunOptions): Promise<ShapedRun> {
  // The network first: on the way out of this process it ends what runs in it before the files go.
  const network = new VenueNetwork()
  const workspace = new Workspace()
  const nodes: BenchNode[] = []
  try {
    const hosts = layCables(network, topology)
    const payload = writePayload(workspace.folder('payload'), workloadSizes)
    const limit = limitSeconds(topology, payload.bytes)
    const limitMs = limit * PATIENCE * 1000
    const atLeast = payload.bytes * (topology.nodes.length - 1)
    const stream = workspace.path('stream')
    const sha256 = writeStream(stream, payload)
    note('plain TCP through all hosts')
    const folder = workspace.folder('copies')
    const chain = await socatChain({ hosts, stream, sha256, folder, limitMs })
    workspace.delete('copies')
    note(`plain TCP took ${chain.seconds.toFixed(2)} s; making the exhibition`)
    const dirs = new Map(topology.nodes.map((name) => [name, workspace.path(`node-${name}`)]))
    const { records, opening } = await makeExhibition(dirs, payload)
    note('starting the nodes; waiting until they know each other and the same records')
    const sockets = workspace.folder('sockets')
    // One after the other: twenty that start at once on two cores take so long that they lose one another.
    for (const [i, name] of topology.nodes.entries()) {
      const options = { host: hostAt(hosts, i), name, dataDir: dirs.get(name) ?? '', folder: sockets }
      nodes.push(await BenchNode.start(options))
    }
    await settle(nodes, (name) => neighboursOf(topology, name), records)
    note('open')
    const load = loadavg()[0] ?? 0
    const measured = await replicate({ nodes, payload, opening, limitMs })
    note(`complete after ${measured.seconds.toFixed(2)} s; reading everything at every node`)
    for (const node of nodes) await node.verify(payload)
    return {
      ...measured,
      load,
      timesLimit: measured.seconds / limit,
      redundancy: measured.frameBytes / atLeast,
      socat: { ...chain, timesLimit: chain.seconds / limit, redundancy: chain.frameBytes / atLeast },
    }
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    network.close()
    await workspace.close()
  }
}

function layCables(network: VenueNetwork, { nodes, links, lossPercent }: Topology): VenueHost[] {
  const hosts = nodes.map((name) => network.host(name))
  if (links !== undefined) network.hearOnly(links)
  if (lossPercent !== undefined) network.lose(lossPercent)
  for (const host of hosts) {
    host.congestionControl('reno')
    host.offloadsOff()
    host.shapeBothWays(LINK_MBIT)
  }
  return hosts
}

export function hostAt(hosts: readonly VenueHost[], i: number): VenueHost {
  const host = hosts[i]
  if (host === undefined) throw new Error(`there is no host ${i}`)
  return host
}
