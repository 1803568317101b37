import type { MeshView } from '../../../node/http/contract.ts'
import type { LackCauseName, MeshHealthView } from '../../../node/http/contracts/tech.ts'

export type PlaceState = 'whole' | 'part' | 'nothing' | 'not-said' | 'not-heard'

export interface Place {
  readonly id: string
  readonly name: string
  readonly state: PlaceState
  /** Held, 0 to 1. */
  readonly share: number
  /** Why it does not have all of it, as far as it says. */
  readonly cause?: LackCauseName
  /** Until it has, at the rate of now; absent while nobody can know. */
  readonly secondsLeft?: number
}

type Health = Pick<MeshHealthView, 'nodes' | 'causes' | 'works'>

/** Where a version of a work is, as one node of the mesh hears it: every member, heard or not. */
export function placesOf(
  mesh: MeshView | undefined,
  root: string | undefined,
  health?: Health,
): { whole: number; nodes: number; list: Place[] } {
  const held = mesh?.works.find((work) => work.root === root)?.held ?? {}
  const list = (mesh?.nodes ?? []).map(({ id, name, state }): Place => {
    const share = held[id]
    const base = { id, name, share: share ?? 0, ...lackOf(health, root, id) }
    if (share === 1) return { ...base, state: state === 'lost' ? 'not-heard' : 'whole' }
    if (state === 'lost') return { ...base, state: 'not-heard' }
    if (share === undefined) return { ...base, state: 'not-said' }
    return { ...base, state: share > 0 ? 'part' : 'nothing' }
  })
  return { whole: list.filter(({ state }) => state === 'whole').length, nodes: list.length, list }
}

function lackOf(
  health: Health | undefined,
  root: string | undefined,
  id: string,
): { cause?: LackCauseName; secondsLeft?: number } {
  const at = health?.nodes.findIndex((node) => node.id === id)
  const lack = health?.works.find((work) => work.root === root)?.lacks.find(([node]) => node === at)
  if (health === undefined || lack === undefined) return {}
  const [, cause, , , left] = lack
  const name = health.causes[cause]
  return { ...(name === undefined ? {} : { cause: name }), ...(left > 0 ? { secondsLeft: left } : {}) }
}
