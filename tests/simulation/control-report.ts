import { Simulation } from './simulation.ts'
import { trafficKinds } from './traffic.ts'

const SIZES = [25, 50, 100]
const NEIGHBOURS = 8
const MINUTES = 15
const LEAVES = 3

/**
 * Bytes of control messages, as the real codecs write them, of an exhibition that grows to some works in a quarter of an hour. They should grow with
 * the number of neighbours, not of nodes: each size has the same number of neighbours a node.
 */
export async function reportControlTraffic({
  print,
  works,
}: {
  print: (line: string) => void
  works: number
}): Promise<void> {
  print(
    `${works} works of up to ${LEAVES} leaves in ${MINUTES} minutes, about ${NEIGHBOURS} neighbours a node; bytes sent per node and work`,
  )
  print(
    [
      'nodes',
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
  for (const nodes of SIZES) {
    const { traffic, failure, virtualMs } = await Simulation.run({
      seed: 7,
      nodes,
      works,
      hours: MINUTES / 60,
      leaves: LEAVES,
      faults: [],
      badNodes: false,
      disk: 'memory',
      topology: 'mesh',
      degree: NEIGHBOURS,
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
    print([nodes, ...cells].join('\t'))
  }
  print(`kinds counted: ${trafficKinds.join(', ')}; statuses are counted as sent to direct neighbours`)
}
