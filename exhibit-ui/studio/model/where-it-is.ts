import type { MeshView } from '../../../node/http/contract.ts'

export type PlaceState = 'whole' | 'part' | 'nothing' | 'not-said' | 'not-heard'

export interface Place {
  readonly id: string
  readonly name: string
  readonly state: PlaceState
  /** Held, 0 to 1. */
  readonly share: number
}

/** Where a version of a work is, as one node of the mesh hears it: every member, heard or not. */
export function placesOf(
  mesh: MeshView | undefined,
  root: string | undefined,
): { whole: number; nodes: number; list: Place[] } {
  const held = mesh?.works.find((work) => work.root === root)?.held ?? {}
  const list = (mesh?.nodes ?? []).map(({ id, name, state }): Place => {
    const share = held[id]
    const base = { id, name, share: share ?? 0 }
    if (share === 1) return { ...base, state: state === 'lost' ? 'not-heard' : 'whole' }
    if (state === 'lost') return { ...base, state: 'not-heard' }
    if (share === undefined) return { ...base, state: 'not-said' }
    return { ...base, state: share > 0 ? 'part' : 'nothing' }
  })
  return { whole: list.filter(({ state }) => state === 'whole').length, nodes: list.length, list }
}
