import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { fetchText } from '../../api/client.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { WorkFailedEvent } from './work-failed-event.ts'

type Reading = { kind: 'loading' } | { kind: 'failed' } | { kind: 'plain' | 'markup'; text: string }

/** A text to read. Markdown becomes markup by a renderer that lets no HTML of the author through. */
@customElement('text-viewer')
export class TextViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @state() private reading: Reading = { kind: 'loading' }
  #abort = new AbortController()

  static override styles = [
    shared,
    css`
      .page {
        display: grid;
        justify-content: center;
        padding: clamp(28px, 5vw, 72px) var(--edge);
        background: var(--paper);
        box-shadow: var(--below, none);
        min-height: 60vh;
      }
      .text {
        max-width: 36rem;
        font-size: 1.1875rem;
        line-height: 1.6;
        overflow-wrap: break-word;
        hyphens: auto;
      }
      .text > * + * {
        margin-top: 1em;
      }
      .plain p {
        white-space: pre-line;
      }
      .text :is(h2, h3, h4) {
        margin-top: 1.6em;
        hyphens: manual;
      }
      .text > :first-child {
        margin-top: 0;
      }
      h2 {
        font-size: 1.75rem;
      }
      h3,
      h4 {
        font-size: 1.375rem;
      }
      blockquote {
        margin: 0;
        padding-left: 20px;
        border-left: 4px solid var(--ink);
      }
      .text :is(ul, ol) {
        padding-left: 1.4em;
      }
      pre {
        overflow-x: auto;
        font-size: 0.9em;
      }
      hr {
        border: 0;
        border-top: var(--hairline);
      }
      img {
        max-width: 100%;
      }
    `,
  ]

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#abort.abort()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('work') || changed.get('work')?.root === this.work?.root) return
    this.#abort.abort()
    this.#abort = new AbortController()
    this.reading = { kind: 'loading' }
    if (this.work !== undefined) void this.#load(this.work, this.#abort.signal)
  }

  async #load(work: ArtworkDetail, signal: AbortSignal): Promise<void> {
    try {
      const text = await fetchText(work.entry.url, signal)
      const isMarkdown = work.entry.mediaType === 'text/markdown' || /\.(md|markdown)$/i.test(work.entry.path)
      if (!isMarkdown) {
        this.reading = { kind: 'plain', text }
        return
      }
      const { renderMarkdown } = await import('./markdown.ts')
      if (!signal.aborted) this.reading = { kind: 'markup', text: renderMarkdown(text, work) }
    } catch {
      // Whatever went wrong, the visitor is told the same, and the label and the other works stay.
      if (signal.aborted) return
      this.reading = { kind: 'failed' }
      this.dispatchEvent(new WorkFailedEvent())
    }
  }

  protected override render() {
    const { reading } = this
    const words = this.words.work
    switch (reading.kind) {
      case 'loading':
        return html`<div class="page"><p role="status">${words.readingText}</p></div>`
      case 'failed':
        return html`<div class="page"><p role="status">${words.textFailed}</p></div>`
      case 'plain':
        return html`<div class="page">
          <div class="text plain">
            ${reading.text
              .split(/\r?\n\s*\r?\n/)
              .filter((paragraph) => paragraph.trim() !== '')
              .map((paragraph) => html`<p>${paragraph.trim()}</p>`)}
          </div>
        </div>`
      case 'markup':
        return html`<div class="page"><div class="text">${unsafeHTML(reading.text) ?? nothing}</div></div>`
    }
  }
}
