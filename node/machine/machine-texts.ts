import * as v from 'valibot'

/** `throttled=0x50005` as vcgencmd says it, or `50005` as the kernel does. */
export function parseThrottled(text: string): number | undefined {
  const digits = /^(?:throttled=)?(?:0x)?([0-9a-f]{1,8})\s*$/i.exec(text.trim())?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

/** Names of the interfaces that are access points, of `iw dev`. */
export function accessPoints(text: string): string[] {
  return text
    .split(/^\s*Interface /m)
    .slice(1)
    .filter((part) => /^\s*type AP\s*$/m.test(part))
    .map((part) => /^[\w.-]{1,15}/.exec(part)?.[0] ?? '')
    .filter((name) => name !== '')
}

/** How many stations `iw dev X station dump` names. */
export function stationCount(text: string): number {
  return (text.match(/^Station /gm) ?? []).length
}

/** Index into clientBuckets of wire/status-health.ts. */
export function bucketOf(clients: number): number {
  if (clients <= 0) return 0
  if (clients <= 5) return 1
  return clients <= 20 ? 2 : 3
}

const MAX_ORIGINATORS = 16
const originators = v.array(v.object({ best: v.optional(v.boolean()), tq: v.optional(v.number()) }))

/** Of `batctl meshif bat0 originators_json`: the quality of the best way to each, without any address. */
export function parseBatmanOriginators(text: string): number[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // A batctl too old for JSON says so in words.
    return undefined
  }
  const parsed = v.safeParse(originators, value)
  if (!parsed.success) return undefined
  return parsed.output
    .filter(({ best, tq }) => best === true && tq !== undefined && tq >= 0 && tq <= 255)
    .map(({ tq }) => Math.round(tq ?? 0))
    .toSorted((a, b) => b - a)
    .slice(0, MAX_ORIGINATORS)
}
