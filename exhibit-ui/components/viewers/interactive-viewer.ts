import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'

/** Code of a stranger, in a frame of its own origin that reaches neither this page nor the node. Leaving is always possible. */
@customElement('interactive-viewer')
export class InteractiveViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** Counts restarts: another number is another frame. */
  @state() private run = 0
  @state() private full = false
  @query('.stage') private stage!: HTMLElement
  @query('iframe') private frame!: HTMLIFrameElement

  static override styles = [
    shared,
    css`
      .stage {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        height: max(420px, var(--wall));
        background: var(--paper);
        box-shadow: var(--below, none);
      }
      /* Phones that give no element the full screen: as much of it as a page may take. */
      .stage.full {
        position: fixed;
        inset: 0;
        z-index: 3;
        height: auto;
      }
      iframe {
        width: 100%;
        height: 100%;
        border: 0;
        background: #fff;
        color-scheme: normal;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        padding: 10px var(--edge);
        border-top: var(--hairline);
      }
      .pill {
        padding-inline: 13px;
        font-size: 0.9375rem;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('fullscreenchange', this.#changed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('fullscreenchange', this.#changed)
  }

  protected override firstUpdated(): void {
    this.frame.focus()
  }

  readonly #changed = (): void => {
    if (document.fullscreenElement === null) this.full = false
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const words = this.words.work
    return html`<div class="stage ${this.full ? 'full' : ''}" @keydown=${this.#key}>
      ${keyed(
        `${work.root}/${this.run}`,
        html`<iframe
          sandbox="allow-scripts"
          referrerpolicy="no-referrer"
          title=${`${pickText(work.title, this.language)}: ${pickText(work.alt, this.language)}`}
          src=${work.entry.url}
        ></iframe>`,
      )}
      <div class="bar">
        <button class="pill" type="button" @click=${this.#restart}>${words.restart}</button>
        <button class="pill" type="button" aria-pressed=${this.full} @click=${this.#fullScreen}>
          ${this.full ? words.leaveFullScreen : words.fullScreen}
        </button>
        <button class="pill" type="button" @click=${this.#close}>${words.close}</button>
      </div>
    </div>`
  }

  readonly #restart = (): void => {
    // A new frame, not a reload: a work that has locked itself up may not answer to one.
    this.run += 1
    void this.updateComplete.then(() => this.frame.focus())
  }

  readonly #fullScreen = async (): Promise<void> => {
    if (this.full) {
      this.full = false
      if (document.fullscreenElement !== null) await document.exitFullscreen()
      return
    }
    this.full = true
    try {
      await this.stage.requestFullscreen()
    } catch {
      // Refused or not there: the stage fills the page, which is as much as this browser gives.
    }
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.full) void this.#fullScreen()
  }

  readonly #close = (): void => {
    if (document.fullscreenElement !== null) void document.exitFullscreen()
    this.dispatchEvent(new Event('work-closed', { bubbles: true, composed: true }))
  }
}
