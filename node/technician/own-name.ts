import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { NodeGrant } from '../../artworks/format/records.ts'
import { wireLimits } from '../wire/limits.ts'

const text = v.pipe(v.string(), v.maxLength(wireLimits.nameLength))
const pageLanguage = v.pipe(v.string(), v.regex(/^(?:nl|en)$/))
const schema = v.object({
  name: text,
  place: v.exactOptional(v.record(pageLanguage, text)),
  /** Sequence of the grant that this name was given over. */
  over: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
})
export type OwnName = v.InferOutput<typeof schema>

const FILE = 'name.json'

/** Of a technician's name and the steward's, the one that was given last holds: a later grant ends a technician's name. */
export function isInForce({ over = 0 }: Pick<OwnName, 'over'>, grant: NodeGrant | undefined): boolean {
  return (grant?.sequence ?? 0) <= over
}

/** What a technician called this node, kept beside its data: its settings belong to whoever wrote the card. */
export async function loadOwnName(dataDir: string): Promise<OwnName | undefined> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readFile(join(dataDir, FILE), 'utf8')))
    return parsed.success ? parsed.output : undefined
  } catch {
    // Never renamed; or a file that a power cut left half: the name of the settings holds.
    return undefined
  }
}

export async function saveOwnName(dataDir: string, name: OwnName): Promise<void> {
  const path = join(dataDir, FILE)
  await writeFile(`${path}.new`, JSON.stringify(name), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}
