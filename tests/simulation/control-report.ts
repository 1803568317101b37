import { Simulation } from './simulation.ts'
import type { SimulationResult } from './simulation.ts'

export interface MeshSize {
  readonly nodes: number
  /** About as many each. */
  readonly neighbours: number
}

const SEED = 7
/** What nodes say to each other so that each gets the works: statuses, which go on whether anything comes or not, are told apart. */
const CONTROL = ['have', 'want', 'gone', 'sync'] as const

const defaultMeshes: readonly MeshSize[] = [
  { nodes: 25, neighbours: 4 },
  { nodes: 25, neighbours: 8 },
  { nodes: 25, neighbours: 16 },
  { nodes: 50, neighbours: 8 },
  { nodes: 100, neighbours: 8 },
]

function simulate({ nodes, neighbours }: MeshSize, exhibition: Exhibition): Promise<SimulationResult> {
  return Simulation.run({
    seed: SEED,
    nodes,
    works: exhibition.works,
    hours: exhibition.minutes / 60,
    leaves: exhibition.leaves,
    faults: [],
    badNodes: false,
    quotas: false,
    readers: false,
    floodStatuses: false,
    disk: 'memory',
    topology: 'mesh',
    degree: neighbours,
    quorum: 0,
  })
}

interface Exhibition {
  readonly works: number
  readonly minutes: number
  /** Of a work, at most. */
  readonly leaves: number
}

function perNodeAndWork({ traffic, nodes }: SimulationResult, works: number): number {
  return CONTROL.reduce((sum, kind) => sum + traffic.bytes(kind), 0) / nodes / works
}

/** Bytes of control messages a node and work, of a small exhibition. @throws {Error} when an invariant did not hold */
export async function controlBytes(size: MeshSize): Promise<number> {
  const works = 20
  const result = await simulate(size, { works, minutes: 2, leaves: 3 })
  if (result.failure !== null) throw new Error(result.failure)
  return perNodeAndWork(result, works)
}

/**
 * Bytes of control messages, as the real codecs write them, of an exhibition that grows to some works in a quarter of an hour. They should grow no
 * faster than the number of neighbours, whatever the number of nodes.
 */
export async function reportControlTraffic({
  print,
  works,
  leaves,
  meshes = defaultMeshes,
}: {
  print: (line: string) => void
  works: number
  leaves: number
  meshes?: readonly MeshSize[]
}): Promise<void> {
  const minutes = 15
  print(`${works} works of up to ${leaves} leaves in ${minutes} minutes; bytes sent per node and work`)
  print(
    'nodes\tneighbours\thave\twant\tgone+later\tsync\ttogether\trecords\tchunks\tstatus/node/min\tCPU s\tMiB',
  )
  for (const mesh of meshes) {
    const before = process.cpuUsage()
    const result = await simulate(mesh, { works, minutes, leaves })
    if (result.failure !== null) print(`FAILED: ${result.failure}`)
    const { traffic, nodes, virtualMs } = result
    const share = (bytes: number): string => (bytes / nodes / works).toFixed(0)
    const { user, system } = process.cpuUsage(before)
    const cells = [
      ...CONTROL.map((kind) => share(traffic.bytes(kind))),
      perNodeAndWork(result, works).toFixed(0),
      share(traffic.bytes('record')),
      share(traffic.bytes('chunk')),
      (traffic.bytes('status') / nodes / (virtualMs / 60_000)).toFixed(0),
      ((user + system) / 1e6).toFixed(0),
      (process.resourceUsage().maxRSS / 1024).toFixed(0),
    ]
    print([nodes, mesh.neighbours, ...cells].join('\t'))
  }
}
