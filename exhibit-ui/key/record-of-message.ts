import { CID } from 'multiformats/cid'
import type { RecordBody } from '../../artworks/format/records.ts'

/** A record's body whose links are text: a message between page and worker carries no classes. */
export type UnlinkedRecord = Readonly<Record<string, unknown>>

/** Fields that are links wherever they are in a record that people sign. */
const links = new Set(['root', 'manifest'])

/** The body with its links as links. Whether it is a record at all is checked where it is sealed. @throws when a link is none */
export function recordOfMessage(message: UnlinkedRecord): RecordBody {
  return withLinks(message) as unknown as RecordBody
}

function withLinks(fields: UnlinkedRecord): UnlinkedRecord {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (links.has(name) && typeof value === 'string') return [name, CID.parse(value)]
      return [name, name === 'target' ? withLinks(value as UnlinkedRecord) : value]
    }),
  )
}
