import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import type { ArtworkDetail, ArtworkSummary, Medium } from '../../node/http/contract.ts'
import { showsPoster } from '../model/hanging.ts'
import { pick, pickText } from '../model/language.ts'
import { renditionsOf } from '../model/renditions.ts'
import { seriesOf } from '../model/series.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { KioskElement } from './kiosk-element.ts'
import { kioskStageStyles } from './kiosk-stage-styles.ts'
import { loadViewer } from '../components/viewers/load-viewer.ts'
import '../components/viewers/work-viewer.ts'
import '../components/work-picture.ts'

/** A frame keeps the touches on it to itself. What it cannot keep is that it takes the focus: taken back this often, a new touch shows. */
const refocusMs = 8000
/** How long one image of a series stays. */
const imageMs = 9000
/** Between the end of a film and its new beginning: time for the next work to come instead. */
const replayMs = 2000

export type StageNews = 'start' | 'touch' | 'playing' | 'ended'

export class StageEvent extends Event {
  static readonly eventName = 'kiosk-stage'
  readonly news: StageNews

  constructor(news: StageNews) {
    super(StageEvent.eventName, { bubbles: true, composed: true })
    this.news = news
  }
}

/**
 * Whether a visitor has to start a work: before a stranger's code runs, before anything the maker warns of, and before what is
 * there to be turned or leafed through by somebody.
 */
export function waitsForTouch(work: ArtworkSummary): boolean {
  return ['interactive', 'model', 'pdf'].includes(work.medium) || !showsPoster(work)
}

/** The work itself. One at a time is in the document, so that a screen that runs for weeks holds one work in memory. */
@customElement('kiosk-stage')
export class KioskStage extends KioskElement {
  @property({ attribute: false }) work: ArtworkSummary | undefined
  @property({ attribute: false }) detail: ArtworkDetail | undefined
  @property({ type: Boolean }) started = false
  @property({ type: Boolean }) sound = false
  @property({ type: Boolean }) paused = false
  /** Counts restarts: another number is another frame. */
  @property({ type: Number }) run = 0
  @state() private failed = false
  @state() private image = 0
  /** The last medium whose viewer has been brought. */
  @state() private viewer: Medium | undefined
  @query('video') private video!: HTMLVideoElement | null
  #loaded: string | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  static override styles = [shared, trackInks, kioskStageStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(this.#tick, Math.min(refocusMs, imageMs))
    window.addEventListener('blur', this.#left)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
    window.removeEventListener('blur', this.#left)
    this.#silence()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('work') && changed.get('work')?.root !== this.work?.root) {
      this.failed = false
      this.image = 0
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('started') && this.started) this.renderRoot.querySelector('iframe')?.focus()
    const { video } = this
    if (video === null) return
    const wanted = this.#film?.entry.url
    if (changed.has('paused') && this.#loaded !== undefined) {
      if (this.paused) video.pause()
      else this.#play(video)
    }
    if (wanted === this.#loaded) return
    this.#loaded = wanted
    if (wanted === undefined) {
      this.#silence()
      return
    }
    video.src = wanted
    this.#play(video)
  }

  #play(video: HTMLVideoElement): void {
    // Refused where the browser wants a touch before sound: the picture stays, and the next work comes.
    video.play().catch(() => this.dispatchEvent(new StageEvent('ended')))
  }

  /** The work that is to play now, if it is a video. */
  get #film(): ArtworkDetail | undefined {
    const { work, detail, failed } = this
    if (work?.medium !== 'video' || detail?.root !== work.root || failed) return undefined
    return waitsForTouch(work) && !this.started ? undefined : detail
  }

  /** A player keeps its file open until it is told to let go. */
  #silence(): void {
    const { video } = this
    if (video === null) return
    video.pause()
    video.removeAttribute('src')
    video.load()
  }

  readonly #tick = (): void => {
    if (!this.paused) this.image += 1
    const frame = this.renderRoot.querySelector('iframe')
    if (frame !== null && this.shadowRoot?.activeElement === frame) frame.blur()
  }

  /** The frame has taken the focus: somebody touched it. */
  readonly #left = (): void => {
    if (this.renderRoot.querySelector('iframe') !== null) this.dispatchEvent(new StageEvent('touch'))
  }

  protected override render() {
    const { work } = this
    if (work === undefined) return nothing
    return html`${this.#player()}${keyed(`${work.root}/${this.run}`, html`${this.#art(work)}`)}`
  }

  #art(work: ArtworkSummary) {
    if (waitsForTouch(work) && !this.started) {
      return html`${this.#picture(work)}<button class="start" type="button" @click=${this.#start}>
          <span>${this.#invitation(work)}</span>
        </button>`
    }
    const detail = this.detail?.root === work.root ? this.detail : undefined
    if (detail === undefined || this.failed) return this.#picture(work)
    switch (work.medium) {
      case 'image':
        return this.#image(detail, detail.entry.url)
      case 'images': {
        const series = seriesOf(detail)
        const shown = series[this.image % series.length] ?? detail.entry
        return this.#image(detail, shown.url)
      }
      case 'video':
        return nothing
      case 'audio':
        return html`${this.#picture(work)}${
          this.sound
            ? html`<audio
                autoplay
                src=${detail.entry.url}
                @playing=${this.#playing}
                @ended=${this.#ended}
                @error=${this.#fail}
              ></audio>`
            : nothing
        }`
      case 'interactive':
        return html`<iframe
          sandbox="allow-scripts"
          referrerpolicy="no-referrer"
          title=${pickText(work.title, this.language)}
          src=${detail.entry.url}
        ></iframe>`
      case 'text':
      case 'model':
      case 'pdf':
        return this.#viewer(detail)
    }
  }

  #invitation({ medium }: ArtworkSummary): string {
    if (medium === 'interactive') return this.says.start
    if (medium === 'model') return this.says.turn
    return medium === 'pdf' ? this.says.leaf : this.says.show
  }

  /** As in the gallery. A text is read without being asked for; who touches it has its time. */
  #viewer(work: ArtworkDetail) {
    if (this.viewer !== work.medium) {
      void this.#bring(work.medium)
      return this.#picture(work)
    }
    return html`<div
      class="viewer"
      tabindex="0"
      role="region"
      aria-label=${pickText(work.title, this.language)}
      @pointerdown=${this.#start}
      @keydown=${this.#start}
      @click=${this.#stay}
    >
      <work-viewer asked .language=${this.language} .work=${work}></work-viewer>
    </div>`
  }

  async #bring(medium: Medium): Promise<void> {
    try {
      await loadViewer(medium)
      this.viewer = medium
    } catch {
      // The node is away: the picture stands for the work, and the next time it is asked again.
    }
  }

  /** No link leads away from this screen, and nothing is stored on it. */
  readonly #stay = (event: Event): void => {
    if (event.composedPath().some((target) => target instanceof HTMLAnchorElement)) event.preventDefault()
  }

  #picture(work: ArtworkSummary) {
    return html`<work-picture eager .language=${this.language} .work=${work}></work-picture>`
  }

  #image(work: ArtworkDetail, url: string) {
    const alt = pick(work.alt, this.language)
    return html`<img
      data-track=${work.track}
      sizes="100vw"
      srcset=${renditionsOf(url) ?? nothing}
      src=${url}
      alt=${alt?.text ?? ''}
      lang=${alt?.language ?? nothing}
      @error=${this.#fail}
    />`
  }

  /** One player for all videos: browsers are slow to let go of those that are taken out of the document. */
  #player() {
    const film = this.#film
    return html`<video
      ?hidden=${film === undefined}
      playsinline
      .muted=${!this.sound}
      aria-label=${pickText(film?.alt, this.language)}
      @playing=${this.#playing}
      @ended=${this.#filmEnded}
      @error=${this.#videoFailed}
    >
      ${film?.captions.map(
        ({ lang, url }) =>
          html`<track
            kind="captions"
            src=${url}
            srclang=${lang}
            ?default=${lang.split('-')[0] === this.language}
          />`,
      )}
    </video>`
  }

  readonly #start = (): void => {
    this.dispatchEvent(new StageEvent('start'))
  }

  readonly #playing = (): void => {
    this.dispatchEvent(new StageEvent('playing'))
  }

  readonly #ended = (): void => {
    this.dispatchEvent(new StageEvent('ended'))
  }

  /** A short film, or the only work there is, begins again when nothing has taken its place. */
  readonly #filmEnded = (): void => {
    this.#ended()
    setTimeout(() => {
      if (this.video?.ended === true && this.#film !== undefined) this.#play(this.video)
    }, replayMs)
  }

  readonly #videoFailed = (): void => {
    // A player without a file says so too.
    if (this.#film !== undefined) this.#fail()
  }

  readonly #fail = (): void => {
    this.failed = true
    this.dispatchEvent(new StageEvent('ended'))
  }
}
