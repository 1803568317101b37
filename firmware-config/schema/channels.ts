export const bands = ['2.4', '5'] as const
export type Band = (typeof bands)[number]

interface ChannelPlan {
  readonly '2.4': readonly number[]
  /** Indoors, without radar detection. */
  readonly '5': readonly number[]
  /** Legal only for radios that look out for radar, which few small ones do. */
  readonly radar: readonly number[]
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step)

/** ETSI EN 300 328 and EN 301 893. */
const europe: ChannelPlan = {
  '2.4': range(1, 13, 1),
  '5': range(36, 48, 4),
  radar: [...range(52, 64, 4), ...range(100, 140, 4)],
}
/** FCC part 15, ISED RSS-247. */
const america: ChannelPlan = {
  '2.4': range(1, 11, 1),
  '5': [...range(36, 48, 4), ...range(149, 165, 4)],
  radar: [...range(52, 64, 4), ...range(100, 144, 4)],
}

const european =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'

/** By ISO 3166-1 code. A country that is not here is refused: a guess could break its law. */
const plans: ReadonlyMap<string, ChannelPlan> = new Map<string, ChannelPlan>([
  ...european.split(' ').map((code) => [code, europe] as const),
  ['US', america],
  ['CA', america],
])

export const countries: readonly string[] = [...plans.keys()]

/** What keeps a channel from being used in a country, or undefined. */
export function mistakeInChannel(country: string, band: Band, channel: number): string | undefined {
  const plan = plans.get(country)
  if (plan === undefined || plan[band].includes(channel)) return undefined
  const legal = `legal without are ${plan[band].join(', ')}`
  if (band === '5' && plan.radar.includes(channel)) {
    return `channel ${channel} wants radar detection, which these radios lack; ${legal}`
  }
  return `channel ${channel} is not legal on ${band} GHz in ${country}; there are ${plan[band].join(', ')}`
}

/** Channels of 2.4 GHz that do not overlap. Neighbouring nodes take different ones. */
const apart = [1, 6, 11] as const

/** The hotspot channel of a node for which none is chosen. */
export function spreadChannel(band: Band, number: number): number {
  const choice = band === '2.4' ? apart : europe['5']
  return choice[(number - 1) % choice.length] ?? choice[0] ?? 1
}

/** In MHz (IEEE 802.11, 17.3.8.4.3 and 15.4.4.3). */
export function frequencyMhz(band: Band, channel: number): number {
  return band === '2.4' ? 2407 + 5 * channel : 5000 + 5 * channel
}
