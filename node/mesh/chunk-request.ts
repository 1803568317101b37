import { CID } from 'multiformats/cid'
import type { SwarmAction } from '../replication/swarm.ts'
import type { ChunkControl } from '../wire/chunk-messages.ts'

/** What the swarm wants done, as the neighbour is told. */
export function chunkRequest(action: SwarmAction): ChunkControl {
  const c = action.cids.map((cid) => CID.parse(cid))
  if (action.do !== 'seek') return { t: action.do, c }
  return { t: 'seek', root: CID.parse(action.root), c, hops: action.hops }
}
