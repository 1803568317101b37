import type { BootChange, BootLoader, BootTexts } from './boot-loader.ts'
import { otherSlot } from './slot.ts'
import type { Slot } from './slot.ts'

export const piConfigPath = 'config.txt'
/** The first two lines of config.txt, which spend-try.sh reads and writes too. */
const head = /^os_prefix=([ab])\/\n#try=(?:([ab])([0-9])|--)\n/

/** Which slot starts, and which is on trial with how many tries left: always as long, so that it changes in one sector, in one write. */
export function piChoice(starts: Slot, trial?: { readonly slot: Slot; readonly triesLeft: number }): string {
  return `os_prefix=${starts}/\n#try=${trial === undefined ? '--' : `${trial.slot}${trial.triesLeft}`}\n`
}

function over(texts: BootTexts, choice: string): BootChange[] {
  const text = texts.get(piConfigPath) ?? ''
  if (!head.test(text)) throw new RangeError(`${piConfigPath} does not begin with os_prefix= and #try=`)
  const after = text.replace(head, choice)
  return after === text ? [] : [{ kind: 'over', path: piConfigPath, text: after }]
}

/**
 * A Raspberry Pi's first stage follows one line of config.txt and counts nothing: the slot on trial spends its tries itself, first thing
 * in its initramfs (spend-try.sh). Its own `tryboot` needs a kernel that is not Debian's.
 */
export const piLoader: BootLoader = {
  read: (texts) => {
    const [, starts, slot, left] = head.exec(texts.get(piConfigPath) ?? '') ?? []
    return {
      starts: starts === 'b' ? 'b' : 'a',
      trial: slot === 'a' || slot === 'b' ? { slot, triesLeft: Number(left) } : null,
    }
  },
  settle: (texts, slot) => over(texts, piChoice(slot)),
  try: (texts, slot, tries) => over(texts, piChoice(slot, { slot, triesLeft: tries })),
  forget: (texts, slot) => over(texts, piChoice(otherSlot(slot))),
}
