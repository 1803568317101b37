import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { loadViewer } from '../../components/viewers/load-viewer.ts'
import '../../components/viewers/work-viewer.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import { DraftStep } from '../draft-step.ts'
import { gapsOf, stepOfGap } from '../model/draft-gaps.ts'
import { previewOf } from '../model/preview.ts'
import { studioAddress } from '../model/studio-route.ts'
import { studioStyles } from '../studio-styles.ts'

/** The work as a visitor will see it, in the gallery's own viewers, from the artist's own files. */
@customElement('look-step')
export class LookStep extends DraftStep {
  @state() private work: ArtworkDetail | undefined
  /** Code runs when the artist says so, as with visitors. */
  @state() private isRunning = false
  #page = ''
  #urls: string[] = []

  static override styles = [
    shared,
    studioStyles,
    css`
      :host {
        --wall: 62svh;
      }
      .step {
        display: grid;
        gap: 24px;
      }
      .wall {
        border: var(--line) solid var(--ink);
        --edge: 16px;
        overflow: hidden;
      }
      .start {
        display: grid;
        place-items: center;
        min-height: 180px;
      }
      .label {
        display: grid;
        gap: 6px;
        font-weight: 400;
      }
      .label p {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('message', this.#asked)
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('message', this.#asked)
    for (const url of this.#urls) URL.revokeObjectURL(url)
    this.#urls = []
  }

  async #load(): Promise<void> {
    const { draft, studio } = this
    if (draft === undefined || studio === undefined || draft.medium === '') return
    const files = await studio.files(draft.id)
    this.#page = draft.entry
    await loadViewer(draft.medium)
    const urls = new Map(files.slice(0, 500).map(({ path, blob }) => [path, typed(path, blob)]))
    this.#urls = [...urls.values()]
    this.work = previewOf(draft, urls)
  }

  /**
   * A frame with code in it asks for its files, or for another page of them. Of opaque origin are here such frames alone, and they
   * may have no more than what they are made of.
   */
  readonly #asked = ({ origin, source, data }: MessageEvent<unknown>): void => {
    if (origin === 'null' && source !== null) void this.#answer(source, data)
  }

  async #answer(source: MessageEventSource, data: unknown): Promise<void> {
    const { draft, studio } = this
    // What a frame said before it was closed does not bring it back.
    if (draft === undefined || studio === undefined || !this.isRunning) return
    const page = (data as { meshArtPreviewPage?: unknown } | null)?.meshArtPreviewPage
    if (typeof page === 'string') {
      this.#page = page
      this.isRunning = false
      await this.updateComplete
      this.isRunning = true
    } else if (data === 'mesh-art-preview-ready') {
      const { packWork } = await import('../preview/pack-work.ts')
      const packed = await packWork(await studio.files(draft.id), this.#page)
      ;(source as Window).postMessage(packed, '*')
    }
  }

  #wall(work: ArtworkDetail) {
    const { language } = this
    if (work.medium !== 'interactive' || this.isRunning) {
      return html`<work-viewer .language=${language} .work=${work} @work-closed=${this.#stop}></work-viewer>`
    }
    return html`<div class="start">
      <button class="pill full" type="button" @click=${this.#start}>${this.words.work.start}</button>
    </div>`
  }

  readonly #start = (): void => {
    this.isRunning = true
  }

  readonly #stop = async (): Promise<void> => {
    this.isRunning = false
    this.#page = this.draft?.entry ?? ''
    await this.updateComplete
    // The button that was pressed is gone with the frame: whoever has no pointer goes on from here.
    this.renderRoot.querySelector<HTMLButtonElement>('.start button')?.focus()
  }

  protected override render() {
    const { draft, t, language } = this
    if (draft === undefined) return nothing
    const words = t.look
    const gaps = gapsOf(draft, new Set((this.studio?.works ?? []).map(({ slug }) => slug)))
    const title = pickText(draft.title, language) || t.home.untitled
    return html`<div class="step">
      <div class="top-words">
        <h1>${words.title}</h1>
        <p class="hint">${draft.medium === 'interactive' ? words.interactive : words.text}</p>
      </div>
      ${this.work === undefined ? nothing : html`<div class="wall">${this.#wall(this.work)}</div>`}
      <section class="label">
        <h2>${title}</h2>
        <p class="soft">
          ${[draft.maker, draft.year, pickText(draft.technique, language)].filter((one) => one !== '').join(' · ')}
        </p>
        <p>${pickText(draft.statement, language)}</p>
      </section>
      ${
        gaps.length === 0
          ? html`<p class="note" role="status">${words.none}</p>`
          : html`<section>
              <h2>${words.gaps}</h2>
              <ul role="list" class="rows">
                ${gaps.map(
                  (gap) =>
                    html`<li>
                      <a
                        href=${studioAddress({ page: 'draft', language, id: draft.id, step: stepOfGap(gap) })}
                        >${t.gaps[gap]}</a
                      >
                    </li>`,
                )}
              </ul>
            </section>`
      }
    </div>`
  }
}

/** With the type its name says, as a node would serve it: what the file claims of itself counts for nothing. */
function typed(path: string, blob: Blob): string {
  const type = /\.svg$/i.test(path) ? 'image/svg+xml' : /\.vtt$/i.test(path) ? 'text/vtt' : blob.type
  return URL.createObjectURL(blob.slice(0, blob.size, type))
}
