import type { MeshState } from '../../store/mesh-state.ts'
import type { WithdrawalView } from '../contracts/studio.ts'
import { meshView } from './mesh-view.ts'
import type { MeshSources } from './mesh-view.ts'

/** Who has let go of a withdrawn work, each with what it signed; and who has not been heard to. */
export function withdrawalView(
  sources: MeshSources & { readonly mesh: MeshState },
  work: string,
  nowMs: number,
): WithdrawalView {
  const { mesh, selfId } = sources
  const lists: (readonly string[])[] = []
  const receiptOf = (id: string): { list: number; status: string } | undefined => {
    const said = id === selfId ? mesh.ownLetGo : mesh.peers.get(id)?.letGo
    if (said === undefined || !said.works.includes(work)) return undefined
    let list = lists.indexOf(said.works)
    if (list === -1) list = lists.push(said.works) - 1
    return { list, status: Buffer.from(said.status).toString('base64') }
  }
  const nodes = meshView(sources, nowMs).nodes.map(({ id, name, state }) => {
    const receipt = receiptOf(id)
    return { id, name, isHeard: state !== 'lost', ...(receipt === undefined ? {} : { receipt }) }
  })
  return { work, nodes, lists: lists.map((works) => [...works]) }
}
