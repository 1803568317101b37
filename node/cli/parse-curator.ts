import { isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { UsageError } from './errors.ts'

/** `did:key:…=NAME`, as the steward types it. @throws {UsageError} */
export function parseCurator(text: string): { did: Did; name: string } {
  const at = text.indexOf('=')
  const did = text.slice(0, at)
  const name = text.slice(at + 1).trim()
  if (at === -1 || !isDid(did) || name === '') {
    throw new UsageError(`'${text}' must be did:key:…=NAME; mesh-art key show says the did of a key file`)
  }
  return { did, name }
}
