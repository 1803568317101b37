import type { PrivateKey } from '@libp2p/interface'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord } from '../../artworks/format/envelope.ts'
import { sealIntake } from '../../artworks/format/intake.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { OpenedRecord } from '../../artworks/format/records.ts'
import { StoreError } from './errors.ts'
import type { Holdings } from './holdings.ts'
import { DoorRefusal } from './record-door.ts'
import type { ComingWork, RecordDoor } from './record-door.ts'
import type { RecordKeeper } from './record-keeper.ts'
import { waitingQuotas, waitingRefusal } from './waiting-quota.ts'
import type { ComingVersion, WaitingQuotas } from './waiting-quota.ts'

/** The door of a granted node: checks what a maker, a curator or the steward hands in, and countersigns what it takes. */
export class IntakeDoor implements RecordDoor {
  readonly #keeper: RecordKeeper
  readonly #holdings: Holdings
  readonly #nodeKey: PrivateKey
  readonly #quotas: WaitingQuotas

  constructor(parts: {
    keeper: RecordKeeper
    holdings: Holdings
    nodeKey: PrivateKey
    quotas?: Partial<WaitingQuotas>
  }) {
    this.#keeper = parts.keeper
    this.#holdings = parts.holdings
    this.#nodeKey = parts.nodeKey
    this.#quotas = { ...waitingQuotas, ...parts.quotas }
  }

  requireRoom({ slug, ...work }: ComingWork): void {
    this.#requireNotWithdrawn(work.artist, slug)
    this.#requireQuota(work)
  }

  async submit(sealed: Uint8Array): Promise<{ record: OpenedRecord; created: boolean }> {
    const record = await openRecord(sealed)
    const { store, catalogue } = this.#keeper
    if (record.exhibition !== catalogue.id) {
      throw new DoorRefusal(
        'wrong-exhibition',
        `this node shows exhibition ${catalogue.id}, the record is for ${record.exhibition}`,
      )
    }
    if (store.has(record.cid)) return { record, created: false }
    this.#checkAllowed(record)
    try {
      const intake = record.signer === catalogue.id ? null : await sealIntake(record.cid, this.#nodeKey)
      const { judgement } = await this.#keeper.accept(sealed, intake, 'local')
      if (judgement === 'quota')
        throw new DoorRefusal('quota', 'this node, or this author, has no room for more records')
      if (judgement !== 'accept' && judgement !== 'known') {
        throw new DoorRefusal('not-allowed', 'this node has no grant of its own, so it can take nothing in')
      }
      return { record, created: judgement === 'accept' }
    } catch (err) {
      if (err instanceof StoreError && err.code === 'disk-full')
        throw new DoorRefusal('disk-full', err.message, { cause: err })
      throw err
    }
  }

  #requireNotWithdrawn(artist: Did, slug: string): void {
    if (this.#keeper.catalogue.artwork(artist, slug)?.standing !== 'withdrawn') return
    throw new DoorRefusal(
      'withdrawn',
      `'${slug}' was withdrawn, and that is for good; publish it under another slug`,
    )
  }

  #requireQuota(version: ComingVersion): void {
    const { catalogue } = this.#keeper
    const refusal = waitingRefusal(version, { catalogue, holdings: this.#holdings }, this.#quotas)
    if (refusal !== null) throw new DoorRefusal('quota', refusal)
  }

  #checkAllowed(record: OpenedRecord): void {
    const { catalogue } = this.#keeper
    if (record.body === null) {
      throw new DoorRefusal(
        'bad-record',
        `this node does not know records of the kind '${record.kind}' in this form; is it to be updated?`,
      )
    }
    if (isKind(record, 'artwork')) {
      const { slug, size } = record.body
      const root = record.body.root.toString()
      this.#requireNotWithdrawn(record.signer, slug)
      const refusal = this.#holdings.refusal(root)
      if (refusal !== undefined)
        throw new DoorRefusal('bad-record', `the files are not what the record says: ${refusal}`)
      if (this.#holdings.progress(root)?.complete !== true) {
        throw new DoorRefusal('content-missing', `the files of ${root} are not all here; send them first`)
      }
      this.#requireQuota({ artist: record.signer, size, root, manifest: record.cid })
    }
    if (isKind(record, 'admission') || isKind(record, 'decline') || isKind(record, 'removal')) {
      const curators = catalogue.exhibition?.body.curators ?? []
      const isCurator = curators.some(({ did }) => did === record.signer)
      if (!isCurator && !(curators.length === 0 && record.signer === catalogue.id)) {
        throw new DoorRefusal('not-allowed', `${record.signer} is no curator of this exhibition`)
      }
    }
  }
}
