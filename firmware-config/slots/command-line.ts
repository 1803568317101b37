import type { Slot } from './slot.ts'

const digits = 4
/** In seconds; what fits the four digits that keep the text's length. */
export const mostTrialSeconds = 10 ** digits - 1

/** Words of the kernel's command line that tell a slot from the other, of the same length for both, on trial or not. */
export function slotWords(slot: Slot, trialSeconds = 0): string {
  return `mesh-art.slot=${slot} mesh-art.try=${String(trialSeconds).padStart(digits, '0')}`
}

/** The same command line for a slot, which must say within `trialSeconds` that it is well; 0: nobody waits. */
export function forSlot(line: string, slot: Slot, trialSeconds: number): string {
  const found = /\bmesh-art\.slot=[ab] mesh-art\.try=\d{4}\b/
  if (!found.test(line)) throw new RangeError('a command line that names no slot')
  return line.replace(found, slotWords(slot, trialSeconds))
}

export interface RunningSlot {
  readonly slot: Slot
  /** The card's id, as the table and the command line write it. */
  readonly diskId: string
  readonly trialSeconds: number
}

/** @returns null where the machine was not started from a card of ours */
export function runningSlot(line: string): RunningSlot | null {
  const [, slot] = /\bmesh-art\.slot=([ab])\b/.exec(line) ?? []
  const [, diskId] = /\bmesh-art\.card=([0-9a-f]{8})\b/.exec(line) ?? []
  if ((slot !== 'a' && slot !== 'b') || diskId === undefined) return null
  return { slot, diskId, trialSeconds: Number(/\bmesh-art\.try=(\d+)/.exec(line)?.[1] ?? 0) }
}

/** Of a slot, on the boot partition. */
export const commandLinePath = (slot: Slot): string => `${slot}/cmdline.txt`
