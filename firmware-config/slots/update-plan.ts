import type { BootChange, BootChoice, BootLoader, BootTexts } from './boot-loader.ts'
import { commandLinePath, forSlot } from './command-line.ts'
import { otherSlot } from './slot.ts'
import type { Slot } from './slot.ts'

/** How often a slot is started before the other one is what starts again: a power cut at a bad moment is forgiven once. */
export const triesOfSlot = 2

/** Lies on the boot partition while a slot is whole, and says what is in it. */
export const sheetPath = (slot: Slot): string => `${slot}/slot.json`

/** A step of an update. `fill` writes system, kernel and command line of a slot, and reads all of it again. */
export type UpdateStep = BootChange | { readonly kind: 'fill'; readonly slot: Slot }

const perform = (texts: BootTexts, changes: readonly BootChange[]): BootTexts => {
  const after = new Map(texts)
  for (const change of changes)
    if (change.kind === 'remove') after.delete(change.path)
    else after.set(change.path, change.text)
  return after
}

/** Makes room in the slot that does not run: from here on nothing starts it, and nothing calls it whole. */
export function emptySlot(loader: BootLoader, texts: BootTexts, running: Slot): BootChange[] {
  const slot = otherSlot(running)
  return [...loader.forget(texts, slot), { kind: 'remove', path: sheetPath(slot) }]
}

/** What comes after a slot was filled: it is whole, and is started next. @param texts with its command line, and without its sheet */
export function offerSlot(
  loader: BootLoader,
  texts: BootTexts,
  offer: { readonly slot: Slot; readonly sheet: string; readonly trialSeconds: number },
): BootChange[] {
  const whole: BootChange = { kind: 'write', path: sheetPath(offer.slot), text: offer.sheet }
  return [whole, ...startSlot(loader, perform(texts, [whole]), offer)]
}

/** Starts a slot that is whole on trial. */
export function startSlot(
  loader: BootLoader,
  texts: BootTexts,
  { slot, trialSeconds }: { readonly slot: Slot; readonly trialSeconds: number },
): BootChange[] {
  const line = onTrial(texts, slot, trialSeconds)
  return [...line, ...loader.try(perform(texts, line), slot, triesOfSlot)]
}

/** The running slot is well: it is what starts from now on. The choice comes first: until the words follow, nobody waits in vain. */
export function keepSlot(loader: BootLoader, texts: BootTexts, running: Slot): BootChange[] {
  const line = onTrial(texts, running, 0)
  const settled = loader.settle(perform(texts, line), running)
  return [...settled, ...line]
}

function onTrial(texts: BootTexts, slot: Slot, trialSeconds: number): BootChange[] {
  const path = commandLinePath(slot)
  const text = texts.get(path)
  if (text === undefined) throw new RangeError(`${path} is not there`)
  const after = forSlot(text, slot, trialSeconds)
  return after === text ? [] : [{ kind: 'over', path, text: after }]
}

export type Undo = 'settled' | 'other' | 'nothing'

/** Goes back. What is on trial is given up; what was kept makes way for the other slot, which is tried in turn. */
export function undoUpdate(
  loader: BootLoader,
  texts: BootTexts,
  { running, trialSeconds }: { readonly running: Slot; readonly trialSeconds: number },
): { readonly done: Undo; readonly changes: BootChange[] } {
  const { starts, trial } = loader.read(texts)
  const other = otherSlot(running)
  if (trial?.slot === running) return { done: 'other', changes: keepSlot(loader, texts, other) }
  if (trial !== null && trial.triesLeft > 0)
    return { done: 'settled', changes: keepSlot(loader, texts, running) }
  // One that never got ready is nothing to go back to; and the running one may have been given up already.
  if (trial !== null || starts !== running || !texts.has(sheetPath(other)))
    return { done: 'nothing', changes: [] }
  return { done: 'other', changes: startSlot(loader, texts, { slot: other, trialSeconds }) }
}

/** Whether the running slot is one to fall back on, so that the other one may be written. */
export function isKept({ starts, trial }: BootChoice, running: Slot): boolean {
  return trial === null ? starts === running : trial.slot !== running
}
