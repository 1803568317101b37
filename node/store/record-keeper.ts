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

/** A record on its way: sealed, with its sealed intake, or null for the steward's own. */
export interface Carried {
  readonly sealed: Uint8Array
  readonly intake: Uint8Array | null
}

/** What the keeper does through others; a simulation opens each record once and has its own time. */
export interface RecordKeeperTools {
  readonly openRecord: typeof openRecord
  readonly openIntake: typeof openIntake
  /** Runs it soon, after what is being done now. */
  readonly defer: (run: () => void) => void
}

const usualTools: RecordKeeperTools = { openRecord, openIntake, defer: (run) => setImmediate(run) }

/** The one way into the record store: opens, judges, keeps, adds to the catalogue, tells. */
export class RecordKeeper {
  readonly store: RecordStore
  readonly catalogue: Catalogue
  /** Digests of all records kept, for reconciliation. */
  readonly digests = new DigestSet()
  readonly #events: NodeEventBus
  readonly #tools: RecordKeeperTools
  readonly #byIntakeNode = new Map<string, number>()
  readonly #byAuthor = new Map<string, number>()
  #catalogueChanged = false

  constructor(
    store: RecordStore,
    catalogue: Catalogue,
    events: NodeEventBus,
    tools: RecordKeeperTools = usualTools,
  ) {
    this.store = store
    this.catalogue = catalogue
    this.#events = events
    this.#tools = tools
  }

  /** Reads what is stored into the catalogue. */
  load(): void {
    for (const stored of this.store.all()) this.#count(stored)
  }

  /**
   * @param intake sealed intake, null for the steward's own records
   * @throws {FormatError} when a seal, signature or form is wrong @throws {StoreError}
   */
  async accept(sealed: Uint8Array, intake: Uint8Array | null, from: 'local' | 'mesh'): Promise<Acceptance> {
    const { judgement, record, stored } = await this.#judge({ sealed, intake })
    if (stored === null) return { judgement, record }
    return { judgement: this.#keep([stored], from) === 1 ? judgement : 'known', record }
  }

  /**
   * Many at the cost of one write. The steward's are kept first, for the others are judged by them.
   * @throws {FormatError} for the first that is wrong or may not travel; what was judged before it is kept @throws {StoreError}
   */
  async acceptAll(carried: readonly Carried[], from: 'local' | 'mesh'): Promise<void> {
    const stewards = carried.filter(({ intake }) => intake === null)
    const others = carried.filter(({ intake }) => intake !== null)
    for (const group of [stewards, others]) {
      const good: StoredRecord[] = []
      try {
        for (const one of group) {
          const { judgement, stored } = await this.#judge(one)
          if (judgement === 'wrong-exhibition' || judgement === 'no-intake') {
            throw new FormatError(judgement, 'a record that may not travel')
          }
          if (stored !== null) good.push(stored)
        }
      } finally {
        this.#keep(good, from)
      }
    }
  }

  async #judge({ sealed, intake }: Carried): Promise<Acceptance & { stored: StoredRecord | null }> {
    const record = await this.#tools.openRecord(sealed)
    if (this.store.has(record.cid)) return { judgement: 'known', record, stored: null }
    const opened = intake === null ? null : await this.#tools.openIntake(intake)
    const judgement = judgeRecord(record, opened, this.catalogue, {
      ofIntakeNode: (node) => this.#byIntakeNode.get(node) ?? 0,
      ofAuthor: (author) => this.#byAuthor.get(author) ?? 0,
    })
    if (judgement !== 'accept') return { judgement, record, stored: null }
    const isStewards = record.signer === this.catalogue.id
    const stored = isStewards
      ? { record, intake: null, intakeNode: null }
      : { record, intake, intakeNode: opened?.node ?? null }
    return { judgement, record, stored }
  }

  /** @returns how many were new */
  #keep(judged: readonly StoredRecord[], from: 'local' | 'mesh'): number {
    const added = this.store.addAll(judged)
    for (const stored of added) this.#count(stored)
    for (const { record } of added) this.#events.emit('record', record, from)
    if (added.length > 0) this.#tellCatalogue()
    return added.length
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
    this.#tools.defer(() => {
      this.#catalogueChanged = false
      this.#events.emit('catalogue')
    })
  }
}
