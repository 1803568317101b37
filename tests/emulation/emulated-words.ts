/**
 * Words for a kernel whose processor is emulated. It has none of the flaws that guards cost time for; a grace period of RCU takes long
 * where two processors take turns, and every unit's namespace waits for some; four levels of pages are walked sooner than five; and
 * any clock but the processor's own stops all of them to be read.
 */
export const emulatedWords = [
  'mitigations=off',
  'rcupdate.rcu_expedited=1',
  'no5lvl',
  'clocksource=tsc',
  'tsc=reliable',
].join(' ')
