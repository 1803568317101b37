import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import { WorkFailedEvent } from './work-failed-event.ts'
import '../work-picture.ts'
import './work-transcript.ts'

@customElement('audio-viewer')
export class AudioViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @property({ type: Boolean }) asked = false
  @state() private failed = false
  @query('audio') private audio!: HTMLAudioElement

  static override styles = [
    shared,
    css`
      .sound {
        display: grid;
        grid-template-rows: auto auto;
      }
      .picture {
        height: min(58svh, 100vw);
      }
      .player {
        display: grid;
        gap: 8px;
        padding: 18px var(--edge);
        border-top: var(--hairline);
        background: var(--paper);
        box-shadow: var(--below, none);
      }
      audio {
        display: block;
        width: 100%;
        height: 54px;
      }
      @media (min-width: 1000px) {
        .sound {
          min-height: var(--wall);
          grid-template-rows: minmax(360px, 1fr) auto;
        }
        .picture {
          height: 100%;
        }
      }
    `,
  ]

  protected override firstUpdated(): void {
    if (this.asked) this.audio.focus()
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    return html`<div class="sound">
      <div class="picture">
        <work-picture eager .language=${this.language} .work=${work}></work-picture>
      </div>
      <div class="player">
        ${this.failed ? html`<p role="status">${this.words.work.mediaFailed}</p>` : nothing}
        <audio
          controls
          preload="metadata"
          src=${work.entry.url}
          aria-label=${pickText(work.title, this.language)}
          @error=${() => {
            this.failed = true
            this.dispatchEvent(new WorkFailedEvent())
          }}
        ></audio>
        <work-transcript .language=${this.language} .text=${work.transcript}></work-transcript>
      </div>
    </div>`
  }
}
