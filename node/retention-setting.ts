import * as v from 'valibot'
import type { RetentionPolicy } from './store/retention.ts'

const units: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}
const LEAST_BYTES = 16 * 1024 * 1024
const MOST_COPIES = 100

function bytesOf(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?) ?([KMGT]i?B)$/.exec(text) ?? []
  return Math.floor(Number(amount === '' ? Number.NaN : amount) * (units[unit] ?? Number.NaN))
}

const quota = v.pipe(
  v.union([v.number(), v.string()], 'must be a size such as 20GiB'),
  v.transform((size) => (typeof size === 'string' ? bytesOf(size) : size)),
  v.check((bytes) => Number.isSafeInteger(bytes), 'must be a size such as 20GiB or 500MB'),
  // NaN has had its line already.
  v.check((bytes) => !(bytes < LEAST_BYTES), 'must be at least 16MiB'),
)
const copies = v.pipe(
  v.number('must be a number'),
  v.integer('must be whole'),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(MOST_COPIES, `must be at most ${MOST_COPIES}`),
)
const DEFAULT_COPIES = 3

/** `retention` of node.yaml: `full`, or a quota of bytes and how many nodes are to keep each work. */
export const retentionSetting = v.pipe(
  v.union(
    [v.literal('full'), v.strictObject({ quota, copies: v.optional(copies, DEFAULT_COPIES) })],
    (issue) =>
      // The mistake inside a section is told as it is; of anything else, what may stand here.
      issue.issues?.find(({ path }) => path !== undefined)?.message ??
      'must be full, or a section with quota and copies',
  ),
  v.transform((set): RetentionPolicy =>
    set === 'full' ? { kind: 'full' } : { kind: 'quota', quotaBytes: set.quota, copies: set.copies },
  ),
)
