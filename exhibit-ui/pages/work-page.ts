import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ArtworkDetail, ArtworkSummary, Progress } from '../../node/http/contract.ts'
import { afterFrame } from '../components/after-frame.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { ChosenEvent } from '../components/navigation.ts'
import { TitleEvent } from '../components/title-event.ts'
import { emptyGallery, neighboursOf, spreadOf, workKey } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { pickText } from '../model/language.ts'
import { addressOf } from '../model/route.ts'
import { hangsWide, needsAsking } from '../model/hanging.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { WorkLoader } from './work-loader.ts'
import { WorkTurning } from './work-turning.ts'
import { workPageStyles } from './work-page-styles.ts'
import '../components/arrival-line.ts'
import '../components/page-message.ts'
import '../components/viewers/work-viewer.ts'
import '../components/viewers/work-gate.ts'
import '../components/wall-label.ts'
import '../components/work-coming.ts'

/**
 * One work: the art first, the label beside or below it, the way it came, and the works that hang next to it.
 * @slot - seen while the work is on its way
 */
@customElement('work-page')
export class WorkPage extends GalleryElement {
  @property({ attribute: false }) gallery: GalleryState = emptyGallery
  @property() artist = ''
  @property() slug = ''
  /** The version the visitor has agreed to see. */
  @state() private openedRoot = ''
  @state() private closedRoot = ''
  /** The version the visitor does not want to wait for. */
  @state() private earlyRoot = ''
  /** The version of which too little was here when it was opened. */
  @state() private failedRoot = ''
  /** The label, and the ways on below it, are made when the first art is seen: together, so that neither moves the other. */
  @state() private artHangs = false

  readonly #loader = new WorkLoader(this)
  #toldTitle = ''

  constructor() {
    super()
    this.addController(
      new WorkTurning(this, (way) => {
        const work = this.#beside()[way]
        if (work === undefined) return
        const { artist, slug } = work
        this.dispatchEvent(new ChosenEvent({ page: 'work', language: this.language, artist, slug }))
      }),
    )
  }

  static override styles = [shared, trackInks, workPageStyles]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('artist') || changed.has('slug')) {
      this.openedRoot = ''
      this.closedRoot = ''
      this.#loader.want(this.artist, this.slug)
      return
    }
    const before = changed.get('gallery')
    if (before === undefined) return
    if (before.mesh !== this.gallery.mesh) void this.#loader.lookAround()
    const { outcome } = this.#loader
    const summary = this.#summary(this.gallery)
    const earlier = this.#summary(before)
    // The list may come after the work itself: then it is no news.
    const known = earlier ?? (outcome.kind === 'shown' ? outcome.work : summary)
    const changedHere =
      summary === undefined
        ? earlier !== undefined
        : summary.manifest !== known?.manifest || summary.progress.complete !== known.progress.complete
    const back = before.connection === 'lost' && this.gallery.connection === 'live'
    // A work beyond the lists at hand may be what a change of the catalogue is about.
    const missing =
      summary === undefined && outcome.kind !== 'loading' && before.artworks !== this.gallery.artworks
    const heard = this.#heard(this.gallery)
    if (heard?.complete === true && this.#heard(before)?.complete !== true) this.#loader.again()
    if (changedHere || back || missing) this.#loader.again()
  }

  protected override updated(): void {
    const { outcome } = this.#loader
    if (outcome.kind === 'shown' && !this.artHangs) afterFrame(() => (this.artHangs = true))
    const title = outcome.kind === 'shown' ? pickText(outcome.work.title, this.language) : ''
    if (title === this.#toldTitle) return
    this.#toldTitle = title
    this.dispatchEvent(new TitleEvent(title))
  }

  #summary(gallery: GalleryState): ArtworkSummary | undefined {
    return gallery.artworks?.find((work) => work.artist === this.artist && work.slug === this.slug)
  }

  #heard(gallery: GalleryState): Progress | undefined {
    const { outcome } = this.#loader
    return outcome.kind === 'shown' ? gallery.progress.get(outcome.work.root) : undefined
  }

  protected override render() {
    const { outcome } = this.#loader
    if (outcome.kind === 'loading') return html`<div class="waiting"><slot></slot></div>`
    if (outcome.kind !== 'shown') return this.#message(outcome.kind)
    // Progress is heard as it happens; the detail was true when it was fetched.
    const heard = outcome.work.progress.complete ? undefined : this.#heard(this.gallery)
    const work = heard === undefined ? outcome.work : { ...outcome.work, progress: heard }
    const wide = hangsWide(work)
    return html`<article class=${wide ? 'wide' : 'split'} data-track=${work.track}>
        <section
          class="art ${work.medium === 'text' ? '' : 'stays'}"
          aria-label=${pickText(work.title, this.language)}
        >
          ${this.#art(work)}
        </section>
        ${this.artHangs ? this.#label(work, wide) : nothing}
      </article>
      ${this.artHangs ? this.#neighbours() : nothing}`
  }

  #label(work: ArtworkDetail, wide: boolean) {
    return html`<wall-label
      class="label"
      .wide=${wide}
      .language=${this.language}
      .work=${work}
      .spread=${spreadOf(this.#loader.mesh, work.root)}
      .intakeName=${this.#nodeName(work.provenance.intakeNode)}
      .artist=${this.artist}
      .slug=${this.slug}
    ></wall-label>`
  }

  #nodeName(id: string | null): string {
    return this.gallery.mesh?.nodes.find((node) => node.id === id)?.name ?? ''
  }

  #art(work: ArtworkDetail) {
    const { language } = this
    const isHere = work.progress.complete || work.progress.cause === 'elsewhere'
    if ((!isHere && this.earlyRoot !== work.root) || work.entry.url === '') {
      return html`<work-coming
        .language=${language}
        .work=${work}
        .failed=${this.failedRoot === work.root}
        @work-early=${() => {
          this.earlyRoot = work.root
        }}
      ></work-coming>`
    }
    return html`${this.#open(work)}
    ${
      isHere
        ? nothing
        : html`<div class="still">
            <arrival-line .language=${language} .progress=${work.progress}></arrival-line>
          </div>`
    }`
  }

  #open(work: ArtworkDetail) {
    const { language } = this
    if (needsAsking(work) && this.openedRoot !== work.root) {
      return html`<work-gate
        .language=${language}
        .work=${work}
        .asked=${this.closedRoot === work.root}
        @work-opened=${() => {
          this.openedRoot = work.root
        }}
      ></work-gate>`
    }
    return html`<work-viewer
      .language=${language}
      .work=${work}
      .asked=${this.openedRoot === work.root}
      @work-closed=${() => {
        this.openedRoot = ''
        this.closedRoot = work.root
      }}
      @work-failed=${() => this.#failed(work)}
    ></work-viewer>`
  }

  /** What is here was not enough: back to waiting, and it opens by itself once all of it is here. */
  #failed(work: ArtworkDetail): void {
    if (this.earlyRoot !== work.root || work.progress.complete) return
    this.earlyRoot = ''
    this.failedRoot = work.root
  }

  #beside(): { previous?: ArtworkSummary; next?: ArtworkSummary } {
    const { artworks = [], works } = this.gallery
    const all = works?.total === artworks.length
    return neighboursOf(all ? artworks : this.#loader.beside, workKey(this))
  }

  #neighbours() {
    const { previous, next } = this.#beside()
    if (previous === undefined && next === undefined) return nothing
    const words = this.words.work
    const link = (work: ArtworkSummary | undefined, name: string, side: string) =>
      work === undefined
        ? nothing
        : html`<a
            class=${side}
            href=${addressOf({ page: 'work', language: this.language, artist: work.artist, slug: work.slug })}
          >
            <span class="soft">${name}</span>
            <span class="title">${this.say(work.title)}</span>
          </a>`
    return html`<nav class="neighbours" aria-label=${words.otherWorks}>
      ${link(previous, words.previous, 'previous')} ${link(next, words.next, 'next')}
    </nav>`
  }

  #message(kind: 'unknown' | 'withdrawn' | 'removed' | 'no-answer' | 'failed') {
    const words = this.words.problem
    const [heading, text] = {
      unknown: [words.workUnknownTitle, words.workUnknown],
      withdrawn: [words.withdrawnTitle, words.withdrawn],
      removed: [words.removedTitle, words.removed],
      'no-answer': [words.nodeTitle, words.node],
      failed: [words.serverTitle, words.server],
    }[kind] as [string, string]
    return html`<div class="padded">
      <page-message
        .retry=${kind === 'no-answer' || kind === 'failed'}
        .language=${this.language}
        .heading=${heading}
        .text=${text}
        @gallery-retry=${() => this.#loader.again()}
      ></page-message>
    </div>`
  }
}
