import type { ExhibitionView, MeshView } from '../../node/http/contract.ts'
import type { ArtistWorkView } from '../../node/http/contracts/studio.ts'
import { LiveEvents } from '../api/live-events.ts'
import { claimedAt } from '../key/claimed-at.ts'
import { KeyKeeper } from '../key/key-keeper.ts'
import { DraftStore } from './drafts-store.ts'
import { emptyDraft, finalSlug } from './model/draft.ts'
import type { Draft } from './model/draft.ts'
import { manifestOfDraft } from './model/manifest-of-draft.ts'
import type { HashedWork, LocalFile } from './send/hashed-work.ts'
import { nodeClient } from './send/node-client.ts'
import { Sender } from './send/sender.ts'

const saveAfterMs = 400
const refreshAfterMs = 1500

/** Everything the studio's pages share, as long as the page is open. Tells of every change with a `change` event. */
export class StudioState extends EventTarget {
  readonly store = new DraftStore()
  readonly keys = new KeyKeeper(() => this.#locked())
  exhibition: ExhibitionView | undefined
  mesh: MeshView | undefined
  works: readonly ArtistWorkView[] | undefined
  drafts: readonly Draft[] = []
  connection: 'live' | 'lost' = 'live'
  /** Whoever opened or made the key has seen what there is to see of it, and its drafts are here. */
  isReady = false
  /** The key was let go of by itself, or by the artist. */
  wasLocked = false
  readonly senders = new Map<string, Sender>()
  readonly #files = new Map<string, readonly LocalFile[]>()
  readonly #kept = new Map<string, boolean>()
  readonly #saving = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #live = new LiveEvents({
    opened: () => {
      this.connection = 'live'
      void this.refresh()
    },
    lost: () => {
      this.connection = 'lost'
      this.#changed()
    },
    event: () => this.#refreshSoon(),
  })
  #refreshTimer: ReturnType<typeof setTimeout> | undefined

  start(): void {
    this.#live.start()
    addEventListener('pagehide', () => this.flush())
  }

  /** What the node says, afresh. Without an answer, what was shown stays. */
  async refresh(): Promise<void> {
    const did = this.keys.owner?.did
    try {
      const [exhibition, mesh, works] = await Promise.all([
        nodeClient.exhibition(),
        nodeClient.mesh(),
        did === undefined ? undefined : nodeClient.works(did),
      ])
      this.exhibition = exhibition
      this.mesh = mesh
      this.connection = 'live'
      if (did === this.keys.owner?.did) this.works = works
    } catch {
      // Said on the page: the node is away. Live events bring us back here when it is not.
      this.connection = 'lost'
    }
    this.#changed()
  }

  /** After a key was made or opened: its drafts, its works. */
  async opened(): Promise<void> {
    this.wasLocked = false
    const did = this.keys.owner?.did
    const drafts = await this.store.drafts()
    this.drafts = drafts.filter((draft) => draft.did === did).sort((a, b) => b.updatedMs - a.updatedMs)
    this.isReady = true
    this.#changed()
    await this.refresh()
  }

  /** A mesh that is busy says so several times a second: once in a while is enough to look at. */
  #refreshSoon(): void {
    if (this.#refreshTimer !== undefined) return
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined
      void this.refresh()
    }, refreshAfterMs)
  }

  draft(id: string): Draft | undefined {
    return this.drafts.find((draft) => draft.id === id)
  }

  newDraft(change: Partial<Draft> = {}): Draft {
    const owner = this.keys.owner
    const id = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(36)).join('')
    const draft = {
      ...emptyDraft({ id, did: owner?.did ?? '', maker: owner?.name ?? '', nowMs: Date.now() }),
      ...change,
    }
    this.drafts = [draft, ...this.drafts]
    void this.store.saveDraft(draft)
    this.#changed()
    return draft
  }

  /** A change to a draft, kept shortly after the last of them. */
  edit(id: string, change: Partial<Draft>): void {
    this.drafts = this.drafts.map((draft) =>
      draft.id === id ? { ...draft, ...change, updatedMs: Date.now() } : draft,
    )
    clearTimeout(this.#saving.get(id))
    this.#saving.set(
      id,
      setTimeout(() => this.#save(id), saveAfterMs),
    )
    this.#changed()
  }

  /** Keeps at once what is waiting to be kept: the page may go. */
  flush(): void {
    for (const id of this.#saving.keys()) this.#save(id)
  }

  async deleteDraft(id: string): Promise<void> {
    clearTimeout(this.#saving.get(id))
    this.#saving.delete(id)
    this.senders.get(id)?.pause()
    this.senders.delete(id)
    this.#files.delete(id)
    this.drafts = this.drafts.filter((draft) => draft.id !== id)
    this.#changed()
    await this.store.deleteDraft(id)
  }

  async files(id: string): Promise<readonly LocalFile[]> {
    const known = this.#files.get(id) ?? (await this.store.files(id))
    this.#files.set(id, known)
    return known
  }

  /** What the entry of the work measures; what a picture or a text does not have is left out. */
  measured(id: string, entry: string, found: Pick<Draft, 'dimensions' | 'durationSeconds'>): void {
    const { dimensions: _d, durationSeconds: _s, ...draft } = this.draft(id) ?? ({} as Draft)
    this.drafts = this.drafts.map((one) => (one.id === id ? { ...draft, ...found, entry } : one))
    this.edit(id, {})
  }

  /** @returns whether they will still be here after the tab was closed */
  async setFiles(id: string, files: readonly LocalFile[], change: Partial<Draft>): Promise<boolean> {
    this.#files.set(id, files)
    this.edit(id, { ...change, files: files.map(({ path, blob }) => ({ path, size: blob.size })) })
    const isKept = await this.store.saveFiles(id, files)
    this.#kept.set(id, isKept)
    return isKept
  }

  /** Whether the files of a draft are still here after the tab was closed. */
  isKept(id: string): boolean {
    return this.#kept.get(id) ?? true
  }

  /** Signs what the draft says of these files. From here on, sending needs the key no more. */
  async sign(id: string, work: HashedWork): Promise<void> {
    const draft = this.draft(id)
    const exhibition = this.exhibition?.id
    if (draft === undefined || exhibition === undefined) throw new Error('not ready to sign')
    const known = await nodeClient.works(draft.did)
    const slug = String(manifestOfDraft(draft, work, { exhibition, sequence: 1, claimed: '' })['slug'])
    const last = known.find((one) => one.slug === slug)?.versions[0]?.sequence ?? 0
    const claimed = claimedAt(Date.now())
    const body = manifestOfDraft(draft, work, { exhibition, sequence: last + 1, claimed })
    const { cid, bytes } = await this.keys.sign(body)
    await this.store.saveWork(id, work)
    this.edit(id, { signed: { cid, bytes, root: work.root } })
    this.flush()
  }

  /** What was signed and has not been handed in is let go of: the draft changes, and is to be signed again. */
  unsign(id: string): void {
    this.senders.get(id)?.pause()
    this.senders.delete(id)
    const { signed: _signed, ...draft } = this.draft(id) ?? {}
    this.drafts = this.drafts.map((one) => (one.id === id ? (draft as Draft) : one))
    this.#save(id)
    this.#changed()
  }

  async withdraw(slug: string, reason: Record<string, string>): Promise<void> {
    const exhibition = this.exhibition?.id
    if (exhibition === undefined) throw new Error('not ready to sign')
    const { bytes } = await this.keys.sign({
      kind: 'withdrawal',
      v: 1,
      exhibition,
      claimed: claimedAt(Date.now()),
      slug,
      ...(Object.keys(reason).length === 0 ? {} : { reason }),
    })
    await nodeClient.submit(bytes)
    await this.refresh()
  }

  /** Goes on bringing a signed draft to this node. @returns undefined when its files are not here any more */
  async sender(id: string): Promise<Sender | undefined> {
    const known = this.senders.get(id)
    if (known !== undefined) return known
    const [work, files] = await Promise.all([this.store.work(id), this.files(id)])
    const draft = this.draft(id)
    const signed = draft?.signed
    if (work === undefined || draft === undefined || signed === undefined || files.length === 0)
      return undefined
    const sender = new Sender({
      client: nodeClient,
      work,
      whose: { artist: draft.did, slug: finalSlug(draft) },
      files,
      record: signed.bytes,
      nowMs: () => performance.now(),
      wait: pause,
      onChange: ({ phase }) => {
        // It is at the node: the browser keeps nothing of it any more.
        if (phase === 'done') {
          clearTimeout(this.#saving.get(id))
          this.#saving.delete(id)
          void this.store.deleteDraft(id).then(() => this.refresh())
        }
        this.#changed()
      },
    })
    this.senders.set(id, sender)
    return sender
  }

  #save(id: string): void {
    clearTimeout(this.#saving.get(id))
    this.#saving.delete(id)
    const draft = this.draft(id)
    if (draft !== undefined) void this.store.saveDraft(draft)
  }

  #locked(): void {
    this.flush()
    this.wasLocked = true
    this.isReady = false
    this.works = undefined
    // Uploads go on: they are signed already, and have no secret in them.
    this.#changed()
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'))
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
