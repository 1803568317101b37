import { CID } from 'multiformats/cid'
import { isDid } from '../../artworks/format/did-key.ts'
import type { SwarmAction } from '../replication/swarm-action.ts'
import type { ChunkControl } from '../wire/chunk-messages.ts'

/** What the swarm wants done, as the neighbour is told. */
export function chunkRequest(action: SwarmAction): ChunkControl {
  const c = action.cids.map((cid) => CID.parse(cid))
  if (action.do !== 'seek') return { t: action.do, c }
  const { root, hops, waiting } = action
  return { t: 'seek', root: CID.parse(root), c, hops, waiting: waiting.filter(isDid) }
}
