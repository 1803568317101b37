import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { en } from '../locales/check/en.ts'
import { nl } from '../locales/check/nl.ts'
import type { CheckMessages } from '../locales/check/nl.ts'
import { bytesText, groupsOfFour, listText } from '../model/format.ts'
import { shared } from '../styles/shared.ts'
import { checkSteps } from './check-report.ts'
import type { CheckReport, CheckStep } from './check-report.ts'
import type { ToCheck } from './check-work.ts'

/** Checks the work on this page in the visitor's own browser, and says in plain words what that means. */
@customElement('work-check')
export class WorkCheck extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  /** From the address of the page, not from the node. */
  @property() artist = ''
  @property() slug = ''
  @state() private report: CheckReport | undefined
  @state() private cameFrom: readonly string[] | undefined
  @state() private failed = false
  #worker: Worker | undefined

  static override styles = [
    shared,
    css`
      :host {
        max-width: 36rem;
      }
      .verdict {
        padding: 14px 16px;
        border: var(--hairline);
        font: 650 1.1875rem/1.35 var(--display);
      }
      .verdict.good {
        border-color: var(--digital-autonomy);
        background: var(--digital-autonomy-tint);
      }
      .verdict.bad {
        border-color: var(--public-ai);
        background: var(--public-ai-tint);
      }
      .verdict p + p {
        margin-top: 8px;
        font: 400 1rem/1.45 var(--text);
        overflow-wrap: anywhere;
      }
      ol {
        margin-top: 8px;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px 16px;
        padding: 10px 0;
        border-bottom: var(--faint);
      }
      li p {
        grid-column: 1 / -1;
        overflow-wrap: anywhere;
      }
      .name {
        font-weight: 650;
      }
      .is-good {
        color: var(--digital-autonomy);
        font-weight: 650;
      }
      .is-bad {
        color: var(--public-ai);
        font-weight: 650;
      }
      progress {
        width: 100%;
        height: 12px;
        margin-top: 10px;
        accent-color: var(--ink);
      }
      .pill {
        margin-top: 14px;
      }
      h2 {
        margin-top: 22px;
        font-size: 1.125rem;
      }
      li.plain {
        display: list-item;
        padding: 0;
        border: 0;
      }
      ul {
        display: grid;
        gap: 8px;
        margin-top: 8px;
        padding-left: 1.2em;
      }
      .after {
        margin-top: 8px;
      }
    `,
  ]

  protected get says(): CheckMessages {
    return this.language === 'nl' ? nl : en
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another version, or other words about it: what was found of the one before says nothing of it.
    if (changed.has('work') && this.work?.manifest !== changed.get('work')?.manifest) this.#start()
  }

  #stop(): void {
    this.#worker?.terminate()
    this.#worker = undefined
  }

  readonly #start = (): void => {
    this.#stop()
    this.report = undefined
    this.failed = false
    const { work, artist, slug } = this
    if (work === undefined) return
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
    this.#worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<CheckReport>) => {
      this.report = data
      if (data.verdict !== 'running') this.#stop()
    })
    worker.addEventListener('error', () => {
      this.failed = true
      this.#stop()
    })
    const { progress: _changing, ...page } = work
    worker.postMessage({ artist, slug, page } satisfies ToCheck, [])
    void this.#findPath()
  }

  async #findPath(): Promise<void> {
    const address = `/api/v1/artworks/${this.artist}/${encodeURIComponent(this.slug)}/provenance`
    try {
      const response = await fetch(address, { credentials: 'omit' })
      if (!response.ok) return
      const { cameFrom } = (await response.json()) as ProvenanceView
      this.cameFrom = cameFrom.map(({ id, name }) => name || id)
    } catch {
      // The check itself says that the node does not answer.
    }
  }

  protected override render() {
    const words = this.says
    const { report } = this
    if (this.failed) return html`<p class="verdict" role="alert">${words.failed}</p>`
    if (report === undefined || report.verdict === 'running') return this.#running(report)
    const { verdict, failure } = report
    return html`<div class="verdict ${verdict}" role="status" data-verdict=${verdict}>
        <p>${words.verdict[verdict]}</p>
        ${
          failure === undefined
            ? nothing
            : html`<p>${words.failure[failure.code](failure.what)}</p>
                ${verdict === 'bad' ? html`<p>${words.tell}</p>` : nothing}`
        }
      </div>
      ${this.#steps(report)}
      <button class="pill" type="button" @click=${this.#start}>${words.again}</button>
      <h2>${words.not}</h2>
      <ul>
        ${words.notProved.map((text) => html`<li class="plain">${text}</li>`)}
      </ul>
      ${this.#path()}
      ${
        report.exhibition === ''
          ? nothing
          : html`<p class="soft after">${words.exhibition}: ${groupsOfFour(report.exhibition.slice(-8))}</p>`
      }`
  }

  #running(report: CheckReport | undefined) {
    const words = this.says
    const done = report?.bytes ?? 0
    const total = report?.bytesTotal ?? this.work?.size ?? 0
    return html`<p role="status">${words.running}</p>
      <progress max=${total} .value=${done} aria-label=${words.running}></progress>
      <p class="soft">${words.bytes(bytesText(done, this.language), bytesText(total, this.language))}</p>
      ${report === undefined ? nothing : this.#steps(report)}
      <button
        class="pill"
        type="button"
        @click=${() => this.dispatchEvent(new Event('check-closed', { bubbles: true, composed: true }))}
      >
        ${words.cancel}
      </button>`
  }

  #steps(report: CheckReport) {
    const words = this.says
    return html`<ol role="list">
      ${checkSteps.map(
        (step) =>
          html`<li>
            <span class="name">${words.step[step]}</span>
            <span class="is-${report.steps[step]}">${words.state[report.steps[step]]}</span>
            ${report.steps[step] === 'good' ? html`<p class="soft">${this.#did(step, report)}</p>` : nothing}
          </li>`,
      )}
    </ol>`
  }

  #did(step: CheckStep, report: CheckReport): string {
    const words = this.says.did
    switch (step) {
      case 'records':
        return words.records(report.records)
      case 'decision':
        return report.quorum === 0
          ? words.everySigned
          : words.admitted(listText(report.admittedBy, this.language))
      case 'files':
        return words.files(report.files, bytesText(report.bytes, this.language))
      default:
        return words[step]
    }
  }

  #path() {
    const words = this.says
    if (this.cameFrom === undefined) return nothing
    return html`<h2>${words.path}</h2>
      <p class="after">
        ${this.cameFrom.length === 0 ? words.wasHere : words.cameFrom(listText(this.cameFrom, this.language))}
      </p>`
  }
}
