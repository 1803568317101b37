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

/** Where artists', curators' and the steward's records come in (design, decision 14): checked, countersigned, kept, gossiped. */
export interface RecordDoor {
  /** @throws {DoorRefusal} @throws {FormatError} */
  submit(sealed: Uint8Array): Promise<{ record: OpenedRecord; created: boolean }>
}
