/** Addresses that mac80211_hwsim gives its radios, by their order. */
const macOf = (i: number): string => `02:00:00:00:${i.toString(16).padStart(2, '0')}:00`

const nodes = 3
const phones = 2

/** Who has which of the simulated radios: two a node, then phones, then a stranger. */
export const radios = Object.freeze({
  count: 2 * nodes + phones + 1,
  nodes,
  macOf,
  ofNode: (i: number) => ({ hotspot: macOf(2 * i), mesh: macOf(2 * i + 1) }),
  ofPhone: (i: number) => macOf(2 * nodes + i),
  stranger: macOf(2 * nodes + phones),
})
