import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { ArtworkDetail, ArtworkSummary, ExhibitionView, MeshView } from '../../node/http/contract.ts'
import { fetchExhibition } from '../api/client.ts'
import { workKey } from '../model/gallery-state.ts'
import { pickText } from '../model/language.ts'
import { shared } from '../styles/shared.ts'
import { KioskData } from './kiosk-data.ts'
import type { KioskNews } from './kiosk-data.ts'
import { KioskElement } from './kiosk-element.ts'
import { parseKiosk } from './kiosk-settings.ts'
import { StageEvent } from './kiosk-stage.ts'
import { chosenWorks, emptyRotation, languageOf, rotate } from './rotation.ts'
import type { KioskEvent, Rotation } from './rotation.ts'
import '../components/mesh-line.ts'
import './kiosk-label.ts'
import './kiosk-stage.ts'

const tickMs = 500
/** A browser that has run for long starts afresh, between two works and only when the node answers. */
const renewMs = 12 * 3_600_000

/** A screen in the venue: works in rotation, each with its label; a touch starts one, and idleness ends it. */
@customElement('kiosk-app')
export class KioskApp extends KioskElement {
  @state() private rotation: Rotation = emptyRotation
  @state() private exhibition: ExhibitionView | undefined
  @state() private mesh: MeshView | undefined
  @state() private detail: ArtworkDetail | undefined
  @state() private away = false
  @state() private run = 0

  readonly #settings = parseKiosk(location.pathname, location.search, location.origin)
  readonly #data = new KioskData((news) => this.#hear(news))
  readonly #startedMs = performance.now()
  #timer: ReturnType<typeof setInterval> | undefined

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template: 'stage label' minmax(0, 1fr) 'foot foot' auto / minmax(0, 2.1fr) minmax(0, 1fr);
        height: 100vh;
        height: 100dvh;
        overflow: hidden;
      }
      kiosk-stage {
        grid-area: stage;
      }
      kiosk-label {
        grid-area: label;
        padding: 2.2rem;
        border-left: var(--hairline);
      }
      .waiting {
        grid-area: stage / stage / label / label;
        display: grid;
        place-content: center;
        gap: 1rem;
        padding: 2rem;
        text-align: center;
      }
      .waiting h1 {
        font-size: clamp(2.4rem, 8vmin, 14rem);
      }
      .foot {
        grid-area: foot;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 1.2rem;
        min-height: 4.2rem;
        padding: 0.5rem 2.2rem;
        border-top: var(--hairline);
      }
      .foot p {
        margin-right: auto;
      }
      mesh-line {
        width: 9rem;
      }
      .controls {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }
      .pill {
        min-height: max(44px, 2.5em);
        padding: 0.4em 1.1em;
      }
      .away {
        font-weight: 650;
      }
      @media (orientation: portrait) {
        :host {
          grid-template: 'stage' minmax(0, 1fr) 'label' auto 'foot' auto / minmax(0, 1fr);
        }
        kiosk-label {
          max-height: 44vh;
          border-left: 0;
          border-top: var(--hairline);
        }
        .waiting {
          grid-area: stage;
        }
      }
      @media (max-width: 40rem) {
        kiosk-label,
        .foot {
          padding-inline: 1.25rem;
        }
        mesh-line {
          display: none;
        }
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => this.#do({ kind: 'tick' }), tickMs)
    this.addEventListener(StageEvent.eventName, this.#staged)
    window.addEventListener('pointerdown', this.#touched)
    window.addEventListener('keydown', this.#keyed)
    this.#data.start()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
    this.removeEventListener(StageEvent.eventName, this.#staged)
    window.removeEventListener('pointerdown', this.#touched)
    window.removeEventListener('keydown', this.#keyed)
    this.#data.stop()
  }

  get #shown(): ArtworkSummary | undefined {
    return this.rotation.works.find((work) => workKey(work) === this.rotation.shown)
  }

  #hear({ works, exhibition, mesh, live }: KioskNews): void {
    if (exhibition !== undefined) this.exhibition = exhibition
    if (mesh !== undefined) this.mesh = mesh
    if (live !== undefined) this.away = !live
    if (works !== undefined) this.#do({ kind: 'works', works: chosenWorks(works, this.#settings) })
  }

  #do(event: KioskEvent): void {
    const before = this.rotation
    const after = rotate(before, event, performance.now(), this.#settings)
    if (after === before) return
    this.rotation = after
    const isNext = after.turn !== before.turn || after.shown !== before.shown
    if (isNext && performance.now() - this.#startedMs > renewMs) void this.#renew()
    if (isNext || event.kind === 'works') void this.#load()
  }

  async #load(): Promise<void> {
    const work = this.#shown
    if (work === undefined) return
    const detail = await this.#data.detail(work)
    // Another work hangs by now.
    if (this.#shown?.root === work.root) this.detail = detail
  }

  async #renew(): Promise<void> {
    try {
      await fetchExhibition()
      location.reload()
    } catch {
      // A page that reloads while the node is away is an empty screen: next time.
    }
  }

  readonly #staged = (event: Event): void => {
    const { news } = event as StageEvent
    if (news === 'start' || news === 'touch') this.#do({ kind: news })
    else this.#do({ kind: 'playing', isPlaying: news === 'playing' })
  }

  readonly #touched = (): void => this.#do({ kind: 'touch' })

  readonly #keyed = (event: KeyboardEvent): void => {
    this.#do({ kind: 'touch' })
    // The work that was started has its own use for it.
    if (event.defaultPrevented) return
    if (event.key === 'ArrowRight') this.#do({ kind: 'step', by: 1 })
    if (event.key === 'ArrowLeft') this.#do({ kind: 'step', by: -1 })
    if (event.key === 'Escape') this.#do({ kind: 'close' })
  }

  protected override willUpdate(): void {
    this.language = languageOf(this.rotation, this.#settings)
  }

  protected override updated(): void {
    document.documentElement.lang = this.language
    document.title = pickText(this.exhibition?.title, this.language) || this.words.site.name
  }

  protected override render() {
    const { language } = this
    const work = this.#shown
    const detail = this.detail?.root === work?.root ? this.detail : undefined
    return html`${
        work === undefined
          ? html`<main class="waiting">
              <h1>${this.say(this.exhibition?.title)}</h1>
              <p role="status">${this.says.waiting}</p>
            </main>`
          : html`<kiosk-stage
                role="main"
                .language=${language}
                .work=${work}
                .detail=${detail}
                .started=${this.rotation.started}
                .sound=${this.#settings.sound}
                .paused=${this.rotation.paused}
                .run=${this.run}
              ></kiosk-stage>
              <kiosk-label
                role="complementary"
                aria-label=${pickText(work.title, language)}
                .language=${language}
                .work=${work}
                .detail=${detail}
                .address=${this.#settings.address}
              ></kiosk-label>`
      }
      <footer class="foot" aria-label=${this.says.controls}>
        ${this.mesh === undefined ? nothing : html`<mesh-line small .language=${language} .mesh=${this.mesh} .ratio=${0.32}></mesh-line>`}
        <p class=${this.away ? 'away' : 'soft'} role="status">${this.#line()}</p>
        <div class="controls">${this.#controls()}</div>
      </footer>`
  }

  #line(): string {
    if (this.away) return this.says.away
    const { mesh } = this
    return mesh === undefined
      ? ''
      : this.says.nodes(mesh.nodes.filter(({ state }) => state !== 'lost').length)
  }

  #controls() {
    const { says } = this
    const { works, shown, started, paused } = this.rotation
    const button = (text: string, act: () => void) =>
      html`<button class="pill" type="button" @click=${act}>${text}</button>`
    if (works.length === 0) return nothing
    if (started) {
      return html`${button(says.restart, () => {
        this.run = (this.run + 1) % 1000
        this.#do({ kind: 'touch' })
      })}${button(says.close, () => this.#do({ kind: 'close' }))}`
    }
    if (works.length === 1) return nothing
    const index = works.findIndex((work) => workKey(work) === shown) + 1
    return html`<span class="soft">${says.of(index, works.length)}</span>
      ${button(says.previous, () => this.#do({ kind: 'step', by: -1 }))}
      ${button(paused ? says.resume : says.pause, () => this.#do({ kind: 'pause' }))}
      ${button(says.next, () => this.#do({ kind: 'step', by: 1 }))}`
  }
}
