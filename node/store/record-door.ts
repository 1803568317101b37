import type { Did } from '../../artworks/format/did-key.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'

/** Why a record was not taken. `code` is stable and mapped to an HTTP status by http/problems.ts. */
export type DoorRefusalCode =
  | 'bad-record'
  | 'wrong-exhibition'
  | 'not-allowed'
  | 'content-missing'
  | 'quota'
  | 'withdrawn'
  | 'disk-full'

export class DoorRefusal extends Error {
  override readonly name = 'DoorRefusal'
  readonly code: DoorRefusalCode

  constructor(code: DoorRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What somebody says they will bring. Nothing of it is signed yet, so it can only be refused for it. */
export interface ComingWork {
  readonly artist: Did
  readonly slug: string
  readonly size: number
  readonly root?: string
}

/** Where artists', curators' and the steward's records come in (design, decision 14): checked, countersigned, kept, gossiped. */
export interface RecordDoor {
  /**
   * Says before anything is sent what would be said of the manifest: that the work is withdrawn, or beyond a quota.
   * @throws {DoorRefusal} `withdrawn`, `quota`
   */
  requireRoom(work: ComingWork): void

  /** @throws {DoorRefusal} @throws {FormatError} */
  submit(sealed: Uint8Array): Promise<{ record: OpenedRecord; created: boolean }>
}
