import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { fetchBytes } from '../../api/client.ts'
import { bytesText } from '../../model/format.ts'
import { pick } from '../../model/language.ts'
import { shared, trackInks } from '../../styles/shared.ts'
import { GalleryElement } from '../gallery-element.ts'
import type { ModelScene } from './model-scene.ts'
import { viewerBar } from './viewer-bar.ts'
import { WorkFailedEvent } from './work-failed-event.ts'
import '../work-picture.ts'

/** Larger models are fetched only when the visitor asks: they fill a phone's memory and the node's air. */
const fetchedAtOnceBytes = 16_000_000
const turnStep = Math.PI / 12
const zoomStep = 1.25

type Stage = 'asking' | 'loading' | 'shown' | 'failed' | 'no-webgl'

/** A model to turn around, by finger, mouse, keys or buttons. Without WebGL: its picture, its description and the file. */
@customElement('model-viewer')
export class ModelViewer extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @property({ type: Boolean }) asked = false
  @state() private stage: Stage = 'loading'
  @state() private moves = false
  @state() private playing = false
  @query('canvas') private canvas!: HTMLCanvasElement | null

  #scene: ModelScene | undefined
  #abort = new AbortController()
  readonly #sizes = new ResizeObserver(() => this.#scene?.resize())
  readonly #sight = new IntersectionObserver(([entry]) => this.#scene?.seen(entry?.isIntersecting ?? true))

  static override styles = [
    shared,
    trackInks,
    viewerBar,
    css`
      .stage {
        position: relative;
        height: calc(var(--wall) - 70px);
        min-height: 300px;
        background: var(--track-tint);
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        cursor: grab;
      }
      canvas:active {
        cursor: grabbing;
      }
      canvas:focus-visible {
        outline-offset: -5px;
      }
      .poster {
        position: absolute;
        inset: 0;
      }
      @media (max-width: 999.98px) {
        .stage {
          height: min(calc(var(--wall) - 130px), 110vw);
        }
      }
    `,
  ]

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('work') || changed.get('work')?.root === this.work?.root) return
    this.#stop()
    this.stage = this.asked || this.#bytes() <= fetchedAtOnceBytes ? 'loading' : 'asking'
    if (this.stage === 'loading') void this.updateComplete.then(() => this.#load())
  }

  #bytes(): number {
    return this.work?.files.find((file) => file.path === this.work?.entry.path)?.size ?? 0
  }

  async #load(): Promise<void> {
    const { work, canvas } = this
    if (work === undefined || canvas === null) return
    this.stage = 'loading'
    const { signal } = this.#abort
    try {
      const [{ ModelScene }, bytes] = await Promise.all([
        import('./model-scene.ts'),
        fetchBytes(work.entry.url, signal),
      ])
      if (signal.aborted) return
      const scene = this.#open(() => new ModelScene(canvas))
      if (scene === undefined) return
      this.#scene = scene
      const { moves } = await scene.load(bytes, work.entry.url.replace(/[^/]*$/, ''))
      if (signal.aborted) return
      this.moves = moves
      this.stage = 'shown'
      this.#sizes.observe(canvas)
      this.#sight.observe(canvas)
    } catch {
      // Whatever is wrong with the file or the way to it, the visitor has its picture, its words and the file itself.
      if (signal.aborted) return
      this.stage = 'failed'
      this.dispatchEvent(new WorkFailedEvent())
    }
  }

  #open(make: () => ModelScene): ModelScene | undefined {
    try {
      return make()
    } catch {
      // Switched off, blocked, or a machine without it.
      this.stage = 'no-webgl'
      return undefined
    }
  }

  #stop(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#sizes.disconnect()
    this.#sight.disconnect()
    this.#scene?.stop()
    this.#scene = undefined
    this.playing = false
  }

  protected override render() {
    const { work, language, stage } = this
    if (work === undefined) return nothing
    const words = this.words.viewer
    const alt = pick(work.alt, language)
    return html`<div
        class="stage"
        data-track=${work.track}
        aria-busy=${stage === 'loading' ? 'true' : 'false'}
      >
        <canvas
          role="img"
          tabindex=${stage === 'shown' ? 0 : -1}
          aria-label=${`${alt?.text ?? ''}. ${words.modelKeys}`}
          lang=${alt?.language ?? nothing}
          ?hidden=${stage !== 'shown' && stage !== 'loading'}
          @keydown=${this.#key}
        ></canvas>
        ${
          stage === 'shown'
            ? nothing
            : html`<div class="poster">
                <work-picture eager .language=${language} .work=${work}></work-picture>
              </div>`
        }
      </div>
      ${stage === 'shown' ? this.#controls() : this.#notice(work)}`
  }

  #controls() {
    const words = this.words.viewer
    const sign = (name: string, text: string, action: () => void) =>
      html`<button class="pill sign" type="button" aria-label=${name} title=${name} @click=${action}>
        <span aria-hidden="true">${text}</span>
      </button>`
    return html`<div class="bar" role="group" aria-label=${words.controls}>
      ${sign(words.turnLeft, '←', () => this.#scene?.turn(-turnStep, 0))}
      ${sign(words.turnRight, '→', () => this.#scene?.turn(turnStep, 0))}
      ${sign(words.turnUp, '↑', () => this.#scene?.turn(0, turnStep))}
      ${sign(words.turnDown, '↓', () => this.#scene?.turn(0, -turnStep))}
      ${sign(this.words.work.zoomIn, '+', () => this.#scene?.zoom(zoomStep))}
      ${sign(this.words.work.zoomOut, '−', () => this.#scene?.zoom(1 / zoomStep))}
      <button class="pill" type="button" @click=${() => this.#scene?.reset()}>${words.reset}</button>
      ${
        this.moves
          ? html`<button class="pill" type="button" @click=${this.#play}>
              ${this.playing ? words.pause : words.play}
            </button>`
          : nothing
      }
    </div>`
  }

  #notice(work: ArtworkDetail) {
    const words = this.words.viewer
    const size = bytesText(this.#bytes(), this.language)
    if (this.stage === 'loading') return html`<div class="bar"><p role="status">${words.opening}</p></div>`
    if (this.stage === 'asking') {
      return html`<div class="bar">
        <button class="pill full" type="button" @click=${() => void this.#load()}>
          ${words.openModel} (${size})
        </button>
      </div>`
    }
    return html`<div class="bar">
      <p role="status">${this.stage === 'no-webgl' ? words.noWebgl : words.modelFailed}</p>
      <a class="pill full" href=${work.entry.url} download>${this.words.work.openFile} (${size})</a>
    </div>`
  }

  readonly #play = (): void => {
    this.playing = !this.playing
    this.#scene?.play(this.playing)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const scene = this.#scene
    if (scene === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const actions: Record<string, () => void> = {
      ArrowLeft: () => scene.turn(-turnStep, 0),
      ArrowRight: () => scene.turn(turnStep, 0),
      ArrowUp: () => scene.turn(0, turnStep),
      ArrowDown: () => scene.turn(0, -turnStep),
      '+': () => scene.zoom(zoomStep),
      '=': () => scene.zoom(zoomStep),
      '-': () => scene.zoom(1 / zoomStep),
      '0': () => scene.reset(),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
}
