/** One of a card's two systems. */
export type Slot = 'a' | 'b'

export const slots: readonly Slot[] = ['a', 'b']

export function otherSlot(slot: Slot): Slot {
  return slot === 'a' ? 'b' : 'a'
}
