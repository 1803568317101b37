import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { DecisionsView, LogEntry, LogKind } from '../../node/http/contracts/curate.ts'
import { getJson } from '../api/client.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { TitleEvent } from '../components/title-event.ts'
import { en } from '../locales/decisions/en.ts'
import { nl } from '../locales/decisions/nl.ts'
import type { DecisionsMessages } from '../locales/decisions/nl.ts'
import { claimedDay, listText } from '../model/format.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { addressOf } from '../model/route.ts'
import { shared } from '../styles/shared.ts'
import { decisionsPageStyles } from './decisions-page-styles.ts'

const kinds: readonly LogKind[] = [
  'admission',
  'decline',
  'removal',
  'withdrawal',
  'exhibition',
  'node-grant',
]

/** The open log: every decision about the exhibition, each with the record that was signed. */
@customElement('decisions-page')
export class DecisionsPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState | undefined
  @state() private kind: LogKind | undefined
  @state() private entries: readonly LogEntry[] | undefined
  @state() private next: number | null = null
  @state() private failed = false
  @state() private busy = false

  static override styles = [shared, decisionsPageStyles]

  get #says(): DecisionsMessages {
    return this.language === 'nl' ? nl : en
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('language')) this.dispatchEvent(new TitleEvent(this.#says.title))
    const before = changed.get('gallery')
    const isBack = before?.connection === 'lost' && this.gallery?.connection === 'live'
    if (this.failed && isBack) void this.#load()
  }

  /** @param before the place of the last entry that is here: what is older is added below */
  async #load(before?: number): Promise<void> {
    const { kind } = this
    const query = new URLSearchParams({
      ...(kind === undefined ? {} : { kind }),
      ...(before === undefined ? {} : { before: String(before) }),
    })
    this.busy = true
    try {
      const view = await getJson<DecisionsView>(`/api/v1/decisions?${query}`)
      // Another choice was made meanwhile: its answer is on its way.
      if (kind !== this.kind) return
      this.entries = before === undefined ? view.entries : [...(this.entries ?? []), ...view.entries]
      this.next = view.next
      this.failed = false
    } catch {
      // Whatever it was, the page says so, with a button to try again.
      this.failed = true
    } finally {
      this.busy = false
    }
  }

  protected override render() {
    const words = this.#says
    const { entries } = this
    const choice = (kind: LogKind | undefined, name: string) =>
      html`<button
        class="pill ${this.kind === kind ? 'full' : ''}"
        type="button"
        aria-pressed=${this.kind === kind}
        @click=${() => {
          this.kind = kind
          this.entries = undefined
          void this.#load()
        }}
      >
        ${name}
      </button>`
    return html`<h1>${words.title}</h1>
      <p class="intro">${words.intro}</p>
      <p class="soft order">${words.order}</p>
      <div class="choices" role="group" aria-label=${words.filter}>
        ${choice(undefined, words.all)} ${kinds.map((kind) => choice(kind, words.kinds[kind]))}
      </div>
      ${
        this.failed
          ? html`<div class="failed" role="alert">
              <p>${words.failed}</p>
              <button class="pill" type="button" @click=${() => void this.#load()}>${words.again}</button>
            </div>`
          : nothing
      }
      ${
        entries === undefined
          ? html`<p class="soft waiting" role="status">${this.failed ? nothing : this.words.site.loading}</p>`
          : html`<ol role="list" aria-label=${words.title}>
                ${entries.map((entry) => this.#entry(entry))}
              </ol>
              ${entries.length === 0 ? html`<p>${words.empty}</p>` : nothing}
              ${
                this.next === null
                  ? nothing
                  : html`<button
                      class="pill more"
                      type="button"
                      ?disabled=${this.busy}
                      @click=${() => void this.#load(this.next ?? undefined)}
                    >
                      ${words.more}
                    </button>`
              }`
      }`
  }

  #entry(entry: LogEntry) {
    const words = this.#says
    const { claimed, intake, reason } = entry
    const facts = [
      claimed === undefined ? '' : words.claimed(claimedDay(claimed, this.language)),
      intake === undefined || intake.name === '' ? '' : words.at(intake.name),
    ].filter((fact) => fact !== '')
    return html`<li data-kind=${entry.kind}>
      <p class="kind">${words.kind[entry.kind]}</p>
      <div class="said">
        ${this.#said(entry)}
        ${reason === undefined ? nothing : html`<p class="reason">${this.say(reason)}</p>`}
        ${entry.counts === false ? html`<p class="void">${words.void}</p>` : nothing}
        <p class="soft">${facts.join(', ')}</p>
        <p><a href="/api/v1/records/${entry.record}">${words.record}</a></p>
      </div>
    </li>`
  }

  #said(entry: LogEntry) {
    const words = this.#says
    const who = entry.signer.name || words.unnamed
    switch (entry.kind) {
      case 'admission':
        return entry.artist === undefined
          ? html`<p>${words.admits(who)} ${this.#work(entry)}</p>`
          : html`<p>
              ${words.admitsArtist(who)}
              <a href=${addressOf({ page: 'artist', language: this.language, artist: entry.artist.did })}
                >${entry.artist.name || entry.artist.fingerprint}</a
              >
            </p>`
      case 'decline':
        return html`<p>${words.declines(who)} ${this.#work(entry)}</p>`
      case 'removal':
        return html`<p>${words.removes(who)} ${this.#work(entry)}</p>
          <p class="soft">${entry.work?.standing === 'removed' ? words.isGone : words.removalHint}</p>`
      case 'withdrawal':
        return html`<p>${words.withdraws(who)} ${this.#work(entry)}</p>`
      case 'exhibition':
        return this.#rules(entry)
      case 'node-grant':
        return html`<p>${words.granted(entry.node?.name ?? '')}</p>`
    }
  }

  #work({ work }: LogEntry) {
    const words = this.#says
    if (work === undefined) return html`<span class="soft">${words.unknownWork}</span>`
    const name = work.title === undefined ? work.slug : this.say(work.title)
    const { artist, slug } = work
    const version = work.sequence === undefined ? nothing : html` (${words.version(work.sequence)})`
    return work.standing === 'shown'
      ? html`<a class="work" href=${addressOf({ page: 'work', language: this.language, artist, slug })}
            >${name}</a
          >${version}`
      : html`<span class="work">${name}</span>${version}`
  }

  #rules({ exhibition }: LogEntry) {
    if (exhibition === undefined) return nothing
    const words = this.#says
    const names = (people: readonly { name: string }[]): string =>
      listText(
        people.map(({ name }) => name),
        this.language,
      )
    const { added, removed, upheld, revokedNodes, sequence, quorum, curators, isCurrent } = exhibition
    return html`<p>${words.rules(sequence)} ${isCurrent ? words.inForce : nothing}</p>
      <p>${words.quorum(quorum, curators.length)}</p>
      ${added.length === 0 ? nothing : html`<p>${words.added(names(added))}</p>`}
      ${removed.length === 0 ? nothing : html`<p>${words.removed(names(removed))}</p>`}
      ${upheld === 0 ? nothing : html`<p>${words.upheld(upheld)}</p>`}
      ${revokedNodes === 0 ? nothing : html`<p>${words.revoked(revokedNodes)}</p>`}`
  }
}
