import * as v from 'valibot'
import type { Medium } from '../../../artworks/format/records.ts'
import type { PagePlace } from './page-place.ts'

/** The build's list of parts: which file each became, and which others it needs. */
const partsSchema = v.record(
  v.string(),
  v.object({
    file: v.pipe(v.string(), v.regex(/^assets\/[\w.-]{1,150}$/)),
    imports: v.exactOptional(v.array(v.string())),
  }),
)
export type UiParts = v.InferOutput<typeof partsSchema>

const FIRST = 'index.html'

/** @returns nothing at all where the build left no list, or one that we do not read: pages then find their parts by themselves */
export function readParts(json: string | null): UiParts {
  if (json === null) return {}
  try {
    const read = v.safeParse(partsSchema, JSON.parse(json))
    return read.success ? read.output : {}
  } catch {
    // Cut off while it was written: the next build writes it anew.
    return {}
  }
}

/** Addresses of the scripts that a page needs beyond those every page has. @param medium of the work that it shows */
export function scriptsFor(parts: UiParts, { page }: PagePlace, medium?: Medium): string[] {
  const known = filesOf(parts, FIRST)
  const wanted = [`pages/${page}-page.ts`]
  if (medium !== undefined) wanted.push(`components/viewers/${medium}-viewer.ts`)
  const files = new Set(wanted.flatMap((name) => [...filesOf(parts, name)]))
  return [...files].filter((file) => !known.has(file)).map((file) => `/${file}`)
}

function filesOf(parts: UiParts, name: string, seen = new Set<string>()): Set<string> {
  const part = parts[name]
  if (part === undefined || seen.has(part.file)) return seen
  seen.add(part.file)
  for (const other of part.imports ?? []) filesOf(parts, other, seen)
  return seen
}
