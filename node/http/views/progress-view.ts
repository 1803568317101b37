import type { Holdings } from '../../store/holdings.ts'
import type { MeshState } from '../../store/mesh-state.ts'
import type { GapCause, Progress } from '../contract.ts'
import type { NodeNames } from './node-names.ts'

const NO_CELLS = '0'.repeat(36)

export interface ProgressSources {
  readonly holdings: Pick<Holdings, 'progress' | 'refusal'>
  readonly mesh: Pick<MeshState, 'peers' | 'sources' | 'diskFull' | 'refusedRoots' | 'elsewhere'>
  readonly names: NodeNames
}

/** @param chunks how many chunks the manifest declares; used until the node follows the work */
export function progressView(sources: ProgressSources, root: string, chunks: number): Progress {
  const { holdings, mesh, names } = sources
  const known = holdings.progress(root)
  const have = known?.have ?? 0
  const total = Math.max(known?.total ?? chunks, have)
  if (known?.complete === true) {
    return { have, total, complete: true, cells: known.cells, from: [] }
  }
  const from = [...(mesh.sources.get(root) ?? [])].sort().map((id) => ({ id, name: names.of(id).name }))
  const cells = known?.cells ?? NO_CELLS
  return { have, total, complete: false, cells, from, cause: gapCause(sources, root) }
}

/** Why it is not complete; what stops it for good comes first. */
function gapCause({ holdings, mesh }: ProgressSources, root: string): GapCause {
  if (holdings.refusal(root) !== undefined || mesh.refusedRoots.has(root)) return 'refused'
  if (mesh.elsewhere.has(root)) return 'elsewhere'
  if (mesh.diskFull) return 'disk-full'
  if ((mesh.sources.get(root)?.size ?? 0) > 0) return 'arriving'
  for (const peer of mesh.peers.values()) {
    // A neighbour that has not said what it holds may yet have it.
    if (peer.neighbour && (peer.held.get(root) ?? 1) > 0) return 'waiting'
  }
  return 'no-neighbour-has-it'
}
