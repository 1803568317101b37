import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import type { DecisionView, SubmissionView, WaitingVersion } from '../../node/http/contracts/curate.ts'
import { NoAnswerError } from '../api/client.ts'
import { loadViewer } from '../components/viewers/load-viewer.ts'
import type { KeyKeeper } from '../key/key-keeper.ts'
import { needsAsking } from '../model/hanging.ts'
import { bytesText, claimedDay, groupsOfFour } from '../model/format.ts'
import { licenceName } from '../../artworks/format/licence-name.ts'
import { pickText } from '../model/language.ts'
import { addressOf } from '../model/route.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { fetchLookWord, fetchRecord, NodeSaidNoError, openLook } from './curate-api.ts'
import { CurateElement, formStyles } from './curate-element.ts'
import { submissionPageStyles } from './submission-page-styles.ts'
import type { DecideForm } from './decide-form.ts'
import '../components/viewers/work-gate.ts'
import '../components/viewers/work-viewer.ts'
import '../components/warnings-line.ts'
import './decide-form.ts'

/** One work that waits: the work itself in the gallery's viewers, what was said of it, and the curator's own decision. */
@customElement('submission-page')
export class SubmissionPage extends CurateElement {
  @property({ attribute: false }) curatorKey: KeyKeeper | undefined
  @property({ attribute: false }) submission: SubmissionView | undefined
  @property() exhibition = ''
  @property({ type: Number }) quorum = 0
  @property() artist = ''
  @property() slug = ''
  /** Whether the key that is open is a curator's. */
  @property({ type: Boolean }) mayDecide = false
  /** What became of the last decision, in words. */
  @property() outcome = ''
  @state() private chosen = ''
  @state() private detail: ArtworkDetail | undefined
  @state() private seal: 'unknown' | 'good' | 'bad' = 'unknown'
  @state() private opening = false
  @state() private opened = false
  @state() private closed = false
  @state() private failure = ''
  @query('decide-form') private form!: DecideForm | null

  static override styles = [shared, trackInks, formStyles, submissionPageStyles]

  get #version(): WaitingVersion | undefined {
    const waiting = this.submission?.waiting ?? []
    return waiting.find(({ manifest }) => manifest === this.chosen) ?? waiting[0]
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const version = this.#version
    if (version?.manifest !== this.#shownManifest) {
      this.#shownManifest = version?.manifest ?? ''
      this.detail = undefined
      this.opened = false
      this.closed = false
      this.seal = 'unknown'
      this.failure = ''
      this.form?.clear()
      if (version !== undefined) void this.#checkSeal(version)
    }
    // Without a key there is no look, nor what it showed.
    if (changed.has('mayDecide') && !this.mayDecide) this.detail = undefined
  }

  #shownManifest = ''

  /** What the artist signed against what the node says: the decision names the manifest, and the manifest names the files. */
  async #checkSeal(version: WaitingVersion): Promise<void> {
    try {
      const { envelope } = await fetchRecord(version.manifest)
      const signed = await this.curatorKey?.manifest(version.manifest, envelope)
      if (this.#shownManifest !== version.manifest || signed === undefined) return
      const isTheSame =
        signed.signer === this.artist &&
        signed.slug === this.slug &&
        signed.root === version.root &&
        signed.sequence === version.sequence
      this.seal = isTheSame ? 'good' : 'bad'
    } catch (error) {
      if (this.#shownManifest !== version.manifest) return
      // No answer is no finding; anything else is.
      this.seal = error instanceof NoAnswerError ? 'unknown' : 'bad'
    }
  }

  readonly #look = async (): Promise<void> => {
    const version = this.#version
    if (version === undefined || this.curatorKey === undefined) return
    this.opening = true
    this.failure = ''
    try {
      const { node, word } = await fetchLookWord()
      const asked = { exhibition: this.exhibition, node, word, manifest: version.manifest }
      const detail = await openLook((await this.curatorKey.look(asked)).bytes)
      await loadViewer(detail.medium)
      if (this.#shownManifest === version.manifest) this.detail = detail
    } catch (error) {
      const words = this.says
      this.failure =
        error instanceof NodeSaidNoError ? words.decide.refused(error.message) : words.decide.noAnswer
    } finally {
      this.opening = false
    }
  }

  protected override render() {
    const words = this.says.work
    const { submission } = this
    const version = this.#version
    const outcome = html`<div role="status">
      ${this.outcome === '' ? nothing : html`<p class="good outcome">${this.outcome}</p>`}
    </div>`
    const back = html`<a class="back" href="/${this.language}/curate">${words.back}</a>`
    if (submission === undefined || version === undefined) {
      return html`${back} ${outcome}
        <h1>${words.gone}</h1>
        <p class="soft">${words.goneMore}</p>
        <p><a href=${this.#address()}>${words.seeIt}</a></p>`
    }
    return html`${back}
      <article data-track=${version.track}>
        <div class="head">
          <h1>${this.say(version.title)}</h1>
          <p>${words.by(version.maker)}</p>
          <p class="soft">${this.says.queue.admitted(version.admittedBy.length, this.quorum)}</p>
        </div>
        ${this.#versions(submission)}
        <section class="art" aria-label=${words.preview}>${this.#art(version)}</section>
        <div class="columns">
          <div class="facts">${this.#facts(version)} ${this.#said(submission, version)}</div>
          <div>
            ${outcome}
            ${
              this.mayDecide && this.seal !== 'bad'
                ? html`<decide-form
                    .language=${this.language}
                    .curatorKey=${this.curatorKey}
                    .exhibition=${this.exhibition}
                    .artist=${this.artist}
                    .slug=${this.slug}
                    .quorum=${this.quorum}
                    .version=${version}
                  ></decide-form>`
                : html`<p class="soft">
                    ${this.seal === 'bad' ? words.notSealed : this.says.decide.needsKey}
                  </p>`
            }
          </div>
        </div>
      </article>`
  }

  #address(): string {
    return addressOf({ page: 'work', language: this.language, artist: this.artist, slug: this.slug })
  }

  #versions({ waiting }: SubmissionView) {
    if (waiting.length < 2) return nothing
    return html`<label class="versions">
      <span class="name">${this.says.work.chooseVersion}</span>
      <select
        @change=${(event: Event) => {
          this.chosen = (event.target as HTMLSelectElement).value
        }}
      >
        ${waiting.map(
          ({ manifest, sequence }) =>
            html`<option value=${manifest}>${this.words.provenance.version(sequence)}</option>`,
        )}
      </select>
    </label>`
  }

  #art(version: WaitingVersion) {
    const words = this.says.work
    const { detail, language } = this
    if (detail === undefined) {
      const isHere = version.here.have >= version.here.total
      return html`<div class="closed">
        ${
          this.mayDecide
            ? html`<button class="pill full" type="button" ?disabled=${this.opening} @click=${this.#look}>
                ${this.opening ? words.opening : words.open}
              </button>`
            : html`<p>${words.needsKey}</p>`
        }
        ${
          isHere || version.intake === null
            ? nothing
            : html`<p class="soft">${words.elsewhere(version.intake.name)}</p>`
        }
        <div role="alert">${this.failure === '' ? nothing : html`<p class="bad">${this.failure}</p>`}</div>
      </div>`
    }
    if (needsAsking(detail) && !this.opened) {
      return html`<work-gate
        .language=${language}
        .work=${detail}
        .asked=${this.closed}
        @work-opened=${() => {
          this.opened = true
        }}
      ></work-gate>`
    }
    return html`<work-viewer
      .language=${language}
      .work=${detail}
      .asked=${this.opened}
      @work-closed=${() => {
        this.opened = false
        this.closed = true
      }}
    ></work-viewer>`
  }

  #facts(version: WaitingVersion) {
    const words = this.says.work
    const { detail, language, submission } = this
    const fact = (name: string, value: unknown) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`
    const sealed = { unknown: nothing, good: words.sealed, bad: words.notSealed }[this.seal]
    return html`<h2>${words.about}</h2>
      ${sealed === nothing ? nothing : html`<p class=${this.seal} data-seal=${this.seal}>${sealed}</p>`}
      ${
        detail === undefined
          ? nothing
          : html`<div class="statement">${this.sayParagraphs(detail.statement)}</div>
              <warnings-line .language=${language} .warnings=${detail.warnings}></warnings-line>`
      }
      <dl>
        ${fact(words.fingerprint, groupsOfFour(submission?.fingerprint ?? ''))}
        ${fact(words.version, String(version.sequence))}
        ${version.claimed === undefined ? nothing : fact(words.claimed, claimedDay(version.claimed, language))}
        ${fact(words.files, bytesText(version.size, language))}
        ${
          detail === undefined
            ? nothing
            : html`${fact(words.licence, licenceName(detail.licence))}
              ${fact(words.alt, pickText(detail.alt, language))}`
        }
      </dl>`
  }

  #said({ decisions }: SubmissionView, version: WaitingVersion) {
    const words = this.says.work
    return html`<h2>${words.decisions}</h2>
      ${
        decisions.length === 0
          ? html`<p class="soft">${words.noDecisions}</p>`
          : html`<ul role="list">
              ${decisions.map(
                (one) =>
                  html`<li>
                    <p>
                      <span class="name">${one.curator.name || one.curator.did}</span>
                      ${this.#does(one, version)}${one.counts ? nothing : html` (${words.void})`}
                    </p>
                    ${one.reason === undefined ? nothing : html`<p>${this.say(one.reason)}</p>`}
                    <p><a href="/api/v1/records/${one.record}">${words.record}</a></p>
                  </li>`,
              )}
            </ul>`
      }`
  }

  #does({ kind, manifest }: DecisionView, version: WaitingVersion): string {
    const said = this.says.work.said
    if (kind === 'removal') return said.removal
    if (kind === 'decline') return manifest === version.manifest ? said.decline : said.otherDecline
    if (manifest === null) return said.artist
    return manifest === version.manifest ? said.version : said.otherVersion
  }
}
