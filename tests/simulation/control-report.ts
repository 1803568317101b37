import { Simulation } from './simulation.ts'
import { trafficKinds } from './traffic.ts'

/** As many neighbours and more nodes, and then as many nodes and more neighbours. */
const MESHES = [
  { nodes: 25, neighbours: 8 },
  { nodes: 50, neighbours: 8 },
  { nodes: 100, neighbours: 8 },
  { nodes: 50, neighbours: 4 },
  { nodes: 50, neighbours: 16 },
]
const MINUTES = 15
const LEAVES = 3

/**
 * Bytes of control messages, as the real codecs write them, of an exhibition that grows to some works in a quarter of an hour. They should grow no
 * faster than the number of neighbours, whatever the number of nodes.
 */
export async function reportControlTraffic({
  print,
  works,
}: {
  print: (line: string) => void
  works: number
}): Promise<void> {
  print(`${works} works of up to ${LEAVES} leaves in ${MINUTES} minutes; bytes sent per node and work`)
  print(
    [
      'nodes',
      'neighbours',
      'have',
      'want',
      'later+gone',
      'sync',
      'have..sync',
      'gossiped records',
      'status/node/min',
      'chunks',
    ].join('\t'),
  )
  for (const { nodes, neighbours } of MESHES) {
    const { traffic, failure, virtualMs } = await Simulation.run({
      seed: 7,
      nodes,
      works,
      hours: MINUTES / 60,
      leaves: LEAVES,
      faults: [],
      badNodes: false,
      quotas: false,
      floodStatuses: false,
      disk: 'memory',
      topology: 'mesh',
      degree: neighbours,
      quorum: 0,
    })
    if (failure !== null) print(`FAILED: ${failure}`)
    const share = (bytes: number): string => (bytes / nodes / works).toFixed(1)
    const control = (['have', 'want', 'gone', 'sync'] as const).map((kind) => traffic.bytes(kind))
    const statusPerMinute = traffic.bytes('status') / nodes / (virtualMs / 60_000)
    const cells = [
      ...control.map(share),
      share(control.reduce((sum, bytes) => sum + bytes, 0)),
      share(traffic.bytes('record')),
      statusPerMinute.toFixed(0),
      share(traffic.bytes('chunk')),
    ]
    print([nodes, neighbours, ...cells].join('\t'))
  }
  print(`kinds counted: ${trafficKinds.join(', ')}; statuses are counted as sent to direct neighbours`)
}
