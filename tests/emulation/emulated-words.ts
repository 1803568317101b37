const everywhere = ['mitigations=off', 'rcupdate.rcu_expedited=1']
const amd64 = ['no5lvl', 'clocksource=tsc', 'tsc=reliable']

/**
 * Words for a kernel whose processor is emulated. It has none of the flaws that guards cost time for, and a grace period of RCU takes
 * long where two processors take turns, and every unit's namespace waits for some. On amd64 four levels of pages are walked sooner
 * than five, and any clock but the processor's own stops all of them to be read.
 */
export function emulatedWords(architecture: 'amd64' | 'arm64'): string[] {
  return architecture === 'amd64' ? [...everywhere, ...amd64] : everywhere
}
