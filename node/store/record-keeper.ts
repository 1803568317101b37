import type { Catalogue } from '../../artworks/format/catalogue.ts'
import { openRecord } from '../../artworks/format/envelope.ts'
import { FormatError } from '../../artworks/format/errors.ts'
import { openIntake } from '../../artworks/format/intake.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'
import type { NodeEventBus } from '../lifecycle/events.ts'
import { DigestSet } from '../replication/digest-set.ts'
import { judgeRecord } from '../replication/judge-record.ts'
import type { RecordJudgement } from '../replication/judge-record.ts'
import { digestOfCid } from './record-digest.ts'
import type { RecordStore, StoredRecord } from './record-store.ts'

export type Acceptance = { readonly judgement: RecordJudgement | 'known'; readonly record: OpenedRecord }

/** The one way into the record store: opens, judges, keeps, adds to the catalogue, tells. */
export class RecordKeeper {
  readonly store: RecordStore
  readonly catalogue: Catalogue
  /** Digests of all records kept, for reconciliation. */
  readonly digests = new DigestSet()
  readonly #events: NodeEventBus
  readonly #byIntakeNode = new Map<string, number>()
  readonly #byAuthor = new Map<string, number>()
  #catalogueChanged = false

  constructor(store: RecordStore, catalogue: Catalogue, events: NodeEventBus) {
    this.store = store
    this.catalogue = catalogue
    this.#events = events
  }

  /** Reads what is stored into the catalogue. */
  load(): void {
    for (const stored of this.store.all()) this.#count(stored)
  }

  /**
   * @param intake sealed intake, null for the steward's own records
   * @throws {FormatError} when a seal, signature or form is wrong
   */
  async accept(sealed: Uint8Array, intake: Uint8Array | null, from: 'local' | 'mesh'): Promise<Acceptance> {
    const record = await openRecord(sealed)
    if (this.store.has(record.cid)) return { judgement: 'known', record }
    const opened = intake === null ? null : await openIntake(intake)
    const judgement = judgeRecord(record, opened, this.catalogue, {
      ofIntakeNode: (node) => this.#byIntakeNode.get(node) ?? 0,
      ofAuthor: (author) => this.#byAuthor.get(author) ?? 0,
    })
    if (judgement !== 'accept') return { judgement, record }
    const stored = {
      record,
      intake: record.signer === this.catalogue.id ? null : intake,
      intakeNode: opened?.node ?? null,
    }
    if (!this.store.add(stored)) return { judgement: 'known', record }
    this.#count(stored)
    this.#events.emit('record', record, from)
    this.#tellCatalogue()
    return { judgement, record }
  }

  /** Whether the error says that the sender made the record wrong, rather than that something failed here. */
  static isSendersFault(error: unknown): boolean {
    return error instanceof FormatError
  }

  #count(stored: StoredRecord): void {
    const { record, intakeNode } = stored
    this.catalogue.add(record)
    this.digests.add(digestOfCid(record.cid))
    if (record.signer === this.catalogue.id) return
    if (intakeNode !== null) this.#byIntakeNode.set(intakeNode, (this.#byIntakeNode.get(intakeNode) ?? 0) + 1)
    this.#byAuthor.set(record.signer, (this.#byAuthor.get(record.signer) ?? 0) + 1)
  }

  /** Coalesced: a sync that brings a thousand records changes the catalogue once a turn of the event loop. */
  #tellCatalogue(): void {
    if (this.#catalogueChanged) return
    this.#catalogueChanged = true
    setImmediate(() => {
      this.#catalogueChanged = false
      this.#events.emit('catalogue')
    })
  }
}
