import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { languageName } from '../../model/format.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { setStyles } from '../set-styles.ts'
import { WorkFailedEvent } from './work-failed-event.ts'
import './work-transcript.ts'

@customElement('video-viewer')
export class VideoViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @property({ type: Boolean }) asked = false
  @state() private failed = false
  @query('video') private video!: HTMLVideoElement

  static override styles = [
    shared,
    css`
      .frame {
        display: grid;
        place-items: center;
        background: #0b0a08;
      }
      video {
        display: block;
        width: min(100%, calc(var(--wall) * var(--ratio)));
        aspect-ratio: var(--ratio);
        background: #0b0a08;
      }
      video:focus-visible {
        outline-color: #fff;
        outline-offset: -4px;
      }
      .below {
        padding: 8px var(--edge);
        background: var(--paper);
      }
    `,
  ]

  protected override firstUpdated(): void {
    if (this.asked) this.video.focus()
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const { width, height } = work.dimensions ?? { width: 16, height: 9 }
    return html`<div class="frame" ${setStyles({ '--ratio': String(width / height) })}>
        <video
          controls
          playsinline
          preload="metadata"
          src=${work.entry.url}
          poster=${work.poster?.url ?? nothing}
          aria-label=${pickText(work.alt, this.language)}
          @error=${() => {
            this.failed = true
            this.dispatchEvent(new WorkFailedEvent())
          }}
        >
          ${work.captions.map(
            (captions) =>
              html`<track
                kind="captions"
                src=${captions.url}
                srclang=${captions.lang}
                label=${languageName(captions.lang)}
                ?default=${captions.lang.split('-')[0] === this.language}
              />`,
          )}
        </video>
      </div>
      ${
        this.failed || work.transcript !== undefined
          ? html`<div class="below">
              ${this.failed ? html`<p role="status">${this.words.work.mediaFailed}</p>` : nothing}
              <work-transcript .language=${this.language} .text=${work.transcript}></work-transcript>
            </div>`
          : nothing
      }`
  }
}
