import { loadavg } from 'node:os'
import { VenueNetwork } from '../../venue/support/network.ts'
import { moveBare } from '../support/bare-streams.ts'
import type { Moved } from '../support/bare-streams.ts'
import { Workspace } from '../support/workspace.ts'
import { BenchNode } from './bench-node.ts'
import { makeExhibition } from './exhibition.ts'
import { writePayload } from './payload.ts'
import { replicate, settle } from './replicate.ts'
import type { RunOptions } from './shaped.ts'

const GIB = 2 ** 30
const LIMIT_MS_PER_GIB = 120_000

export interface LoopbackRun extends Moved {
  readonly gib: number
  readonly peakRssMiB: number
  readonly load: number
  /** The same bytes between two processes that do nothing else with them. */
  readonly libp2p: Moved
  readonly tcp: Moved
}

/** So many works of 1 GiB from one node to another in the same host: no link limits, so the processor does. */
export async function runLoopback(gib: number, { note }: RunOptions): Promise<LoopbackRun> {
  const network = new VenueNetwork()
  const workspace = new Workspace()
  const nodes: BenchNode[] = []
  try {
    note('a bare socket, a bare libp2p stream')
    const load = loadavg()[0] ?? 0
    const tcp = await moveBare(workspace, 'raw-tcp', gib * GIB)
    const libp2p = await moveBare(workspace, 'libp2p-stream', gib * GIB)
    note('making the exhibition')
    const payload = writePayload(workspace.folder('payload'), Array<number>(gib).fill(GIB))
    const dirs = new Map(['a', 'b'].map((name) => [name, workspace.path(`node-${name}`)]))
    const { records, opening } = await makeExhibition(dirs, payload)
    workspace.delete('payload')
    const host = network.host('both')
    const folder = workspace.folder('sockets')
    for (const [name, dataDir] of dirs) {
      const peer = nodes.length === 0 ? [] : ['--peer', '/ip4/127.0.0.1/tcp/4001']
      const start = BenchNode.start({
        ...{ host, name, dataDir, folder },
        httpPort: 8080 + nodes.length,
        listen: `/ip4/127.0.0.1/tcp/${4001 + nodes.length}`,
        args: ['--no-mdns', ...peer],
      })
      nodes.push(await start)
    }
    await settle(nodes, () => 1, records)
    note('open')
    const limitMs = gib * LIMIT_MS_PER_GIB
    const measured = await replicate({ nodes, payload, opening, limitMs, device: 'lo' })
    note(`complete after ${measured.seconds.toFixed(2)} s; reading everything`)
    await nodes[1]?.verify(payload)
    return {
      gib,
      load,
      mebibytesPerSecond: (gib * 1024) / measured.seconds,
      cpuSecondsPerGiB: measured.cpuSeconds / gib,
      peakRssMiB: measured.peakRssMiB,
      libp2p,
      tcp,
    }
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    network.close()
    await workspace.close()
  }
}
