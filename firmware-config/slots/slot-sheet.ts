import * as v from 'valibot'
import { cardSizes } from '../image/card-layout.ts'
import { boardIds } from '../schema/boards.ts'

/** Of a card's image: behind the partition table, before the first part. */
export const sheetAtBytes = 4096
export const sheetBytes = 4096

const name = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,62}$/))
const schema = v.strictObject({
  format: v.literal(1),
  venue: name,
  node: name,
  board: v.picklist(boardIds),
  /** Of the partition table: the same on every card of this node. */
  diskId: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)),
  /** Version of the program. */
  program: v.pipe(v.string(), v.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}[\w.+-]{0,32}$/)),
  /** Day of Debian's packages. */
  packages: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
  slotBytes: v.pipe(v.number(), v.integer(), v.minValue(4096), v.maxValue(cardSizes.slotMiB * 1024 * 1024)),
  slotSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

/** Says of a card's image, and of a slot, what system it holds. */
export type SlotSheet = Readonly<v.InferOutput<typeof schema>>

export function sheetText(sheet: SlotSheet): string {
  return `${JSON.stringify(sheet)}\n`
}

/** @param bytes a text, with zeros behind it @returns null where it is none */
export function readSheet(bytes: Uint8Array): SlotSheet | null {
  const end = bytes.indexOf(0)
  const text = new TextDecoder().decode(bytes.subarray(0, end < 0 ? undefined : end))
  if (text.length > sheetBytes) return null
  try {
    const { success, output } = v.safeParse(schema, JSON.parse(text))
    return success ? output : null
  } catch {
    // No JSON: none of ours.
    return null
  }
}
