import type { Slot } from './slot.ts'

/** The small texts of a boot partition, by their path: all that says which slot starts. */
export type BootTexts = ReadonlyMap<string, string>

/**
 * A change of one file of the boot partition. `over` is for a text of the same length within one sector: what is there becomes the
 * other in one write, which a power cut leaves undone or done. The others may be cut off with the file gone.
 */
export type BootChange =
  | { readonly kind: 'write' | 'over'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }

/** A slot that was not kept yet, and how often it will still be started. None left: it runs for the last time, or never got ready. */
export interface Trial {
  readonly slot: Slot
  readonly triesLeft: number
}

export interface BootChoice {
  /** At the next start. */
  readonly starts: Slot
  readonly trial: Trial | null
}

/** What starts a board, as pure functions of the boot partition's texts. Changes are made in their order, each on the card before the next. */
export interface BootLoader {
  readonly read: (texts: BootTexts) => BootChoice
  /** Starts `slot` from now on, and tries nothing. */
  readonly settle: (texts: BootTexts, slot: Slot) => BootChange[]
  /** Starts `slot` this many times, unless it is settled on meanwhile; after that, the other one. */
  readonly try: (texts: BootTexts, slot: Slot, tries: number) => BootChange[]
  /** Takes away what could start `slot`, which must not be the one that is settled on. */
  readonly forget: (texts: BootTexts, slot: Slot) => BootChange[]
}
