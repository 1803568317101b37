import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { shared } from '../../styles/shared.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'

export class FrameTakenEvent extends Event {
  static readonly eventName = 'frame-taken'
  readonly picture: Blob

  constructor(picture: Blob) {
    super(FrameTakenEvent.eventName, { bubbles: true, composed: true })
    this.picture = picture
  }
}

/** As wide as a large screen needs; a poster is fetched before its work. */
const widest = 1600
const quality = 0.85

/** One picture out of the film, for the wall. */
@customElement('film-frame')
export class FilmFrame extends StudioElement {
  @property() draftId = ''
  @property() path = ''
  @state() private url = ''
  @state() private duration = 0
  @query('video') private video!: HTMLVideoElement

  static override styles = [
    shared,
    studioStyles,
    css`
      .frame {
        display: grid;
        gap: 10px;
        max-width: 26rem;
      }
      video {
        width: 100%;
        background: #0b0a08;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.studio?.files(this.draftId).then((files) => {
      const blob = files.find(({ path }) => path === this.path)?.blob
      if (blob !== undefined) this.url = URL.createObjectURL(blob)
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    URL.revokeObjectURL(this.url)
    this.url = ''
  }

  protected override render() {
    if (this.url === '') return nothing
    const words = this.t.access
    return html`<details>
      <summary>${words.frame}</summary>
      <div class="frame">
        <video
          muted
          playsinline
          preload="auto"
          src=${this.url}
          aria-label=${words.frame}
          @loadedmetadata=${() => {
            this.duration = Number.isFinite(this.video.duration) ? this.video.duration : 0
            this.video.currentTime = this.duration / 3
          }}
        ></video>
        <label for="at">${words.frameAt}</label>
        <input
          id="at"
          type="range"
          min="0"
          max="1000"
          value="333"
          @input=${(event: Event) => {
            this.video.currentTime = (this.duration * Number((event.target as HTMLInputElement).value)) / 1000
          }}
        />
        <button class="pill" type="button" @click=${this.#take}>${words.takeFrame}</button>
      </div>
    </details>`
  }

  readonly #take = (): void => {
    const { videoWidth, videoHeight } = this.video
    if (videoWidth === 0) return
    const scale = Math.min(1, widest / videoWidth)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(videoWidth * scale)
    canvas.height = Math.round(videoHeight * scale)
    canvas.getContext('2d')?.drawImage(this.video, 0, 0, canvas.width, canvas.height)
    canvas.toBlob(
      (picture) => {
        if (picture !== null) this.dispatchEvent(new FrameTakenEvent(picture))
      },
      'image/jpeg',
      quality,
    )
  }
}
