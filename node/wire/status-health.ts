import * as v from 'valibot'
import { wireLimits } from './limits.ts'

/** Why a node lacks a work: a closed list; the place in it is what goes over the wire. */
export const lackCauses = [
  'coming',
  'disk-full',
  'unreachable',
  'refused',
  'refetching',
  'withdrawn',
  'not-granted',
] as const
export type LackCause = (typeof lackCauses)[number]

/** Phones on the hotspot, never as a number: 0, 1 to 5, 6 to 20, 21 and more. */
export const clientBuckets = ['0', '1-5', '6-20', '21+'] as const

const pageLanguage = v.pipe(v.string(), v.regex(/^(?:nl|en)$/))
const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const whole = v.pipe(v.number(), v.safeInteger())
const one = v.pipe(natural, v.maxValue(1))

/**
 * How a node is, inside its status (status-message.ts). Whole numbers in fixed places, since every node of the mesh is sent
 * this by every other. A reader that does not know `v` leaves all of it aside.
 */
export const statusHealthSchema = v.object({
  v: v.literal(1),
  /** Seconds since it started. */
  up: natural,
  /** Hundredths of the load of one minute, a core. */
  load: natural,
  /** MiB: available, in all, used by this program. */
  mem: v.tuple([natural, natural, natural]),
  /** Degrees Celsius of the processor. */
  temp: v.optional(v.pipe(whole, v.minValue(-100), v.maxValue(250))),
  /** `get_throttled` of a Raspberry Pi: bit 0 under-voltage, 1 capped, 2 throttled, 3 too hot; from bit 16 the same since it started. */
  throttled: v.optional(natural),
  /** MiB: of chunks, free, reserve, written by this program since it started. */
  disk: v.tuple([natural, natural, natural, natural]),
  /** Errors the file system has counted. */
  diskErrors: natural,
  full: one,
  /** Since it started: chunks found damaged, strangers turned away, members caught lying, statuses dropped as forged or stale. */
  counts: v.tuple([natural, natural, natural, natural]),
  clients: v.optional(v.pipe(natural, v.maxValue(clientBuckets.length - 1))),
  /** Its own clock, seconds since 1970: shown, compared by neighbours, and never believed. */
  clock: natural,
  records: natural,
  /** As `neighbours` of the status: round trip in tenths of ms (0: not measured), KiB/s in, out, times lost in the last hour, seconds its clock is ahead of ours, whether it is slow. */
  links: v.pipe(
    v.array(v.tuple([natural, natural, natural, natural, whole, one])),
    v.maxLength(wireLimits.statusNeighbours),
  ),
  /** Index of a shown root, cause, KiB/s, seconds left (0: not known). */
  lacks: v.pipe(
    v.array(v.tuple([natural, v.pipe(natural, v.maxValue(lackCauses.length - 1)), natural, natural])),
    v.maxLength(wireLimits.statusPartialWorks),
  ),
  /** Cause of all it lacks beyond the list. */
  rest: v.optional(v.pipe(natural, v.maxValue(lackCauses.length - 1))),
  /** batman-adv's transmission qualities, best first, of 255. */
  tq: v.optional(v.pipe(v.array(v.pipe(natural, v.maxValue(255))), v.maxLength(16))),
  draining: v.optional(one),
  /** A technician wants to see which one it is. */
  identify: v.optional(one),
  /** Where a technician gave it another name than its settings. */
  named: v.optional(
    v.object({
      name: line(),
      place: v.exactOptional(v.record(pageLanguage, line())),
    }),
  ),
})
export type StatusHealth = v.InferOutput<typeof statusHealthSchema>

function line() {
  return v.pipe(v.string(), v.maxLength(wireLimits.nameLength))
}

/**
 * What a status says of its sender's health: undefined when it says nothing, or in a later version than ours.
 * @returns null when it is of our version and not as it must be
 */
export function readStatusHealth(value: unknown): StatusHealth | null | undefined {
  if (typeof value !== 'object' || value === null) return value === undefined ? undefined : null
  const { v: version } = value as { v?: unknown }
  if (typeof version === 'number' && version > 1) return undefined
  const parsed = v.safeParse(statusHealthSchema, value)
  return parsed.success ? parsed.output : null
}
