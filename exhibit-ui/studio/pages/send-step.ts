import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { bytesText } from '../../model/format.ts'
import { shared } from '../../styles/shared.ts'
import '../../components/work-seal.ts'
import { DraftStep } from '../draft-step.ts'
import { KeyRefusedError } from '../../key/key-keeper.ts'
import { finalSlug } from '../model/draft.ts'
import { gapsOf, stepOfGap } from '../model/draft-gaps.ts'
import { cellsOf } from '../model/cells-of.ts'
import { studioAddress } from '../model/studio-route.ts'
import { hashInWorker } from '../send/hash-in-worker.ts'
import type { HashedWork } from '../send/hashed-work.ts'
import { NodeRefusedError } from '../send/node-errors.ts'
import type { SendState } from '../send/sender.ts'
import { studioStyles } from '../studio-styles.ts'
import './room-note.ts'

/** Files listed with how far they are; of more only the whole is said. */
const listed = 30

/** The seal computed, the work signed, the files brought. */
@customElement('send-step')
export class SendStep extends DraftStep {
  @state() private hashedBytes: number | undefined
  @state() private work: HashedWork | undefined
  @state() private isSigning = false
  @state() private wrong = ''
  #stop = new AbortController()

  static override styles = [
    shared,
    studioStyles,
    css`
      .step {
        display: grid;
        gap: 24px;
      }
      .sealed {
        display: flex;
        flex-wrap: wrap;
        gap: 12px 20px;
        align-items: end;
      }
      .sealed div {
        flex: 1 16rem;
      }
      work-seal {
        width: min(44vw, 210px);
      }
      .root {
        overflow-wrap: anywhere;
        font-size: 0.875rem;
      }
      .file {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 4px 16px;
        padding: 8px 0;
        border-bottom: var(--faint);
        overflow-wrap: anywhere;
      }
      .file progress {
        grid-column: 1 / -1;
        height: 8px;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    // Come back to a work that is signed already: it goes on by itself.
    if (this.draft?.signed !== undefined) void this.#send()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop.abort(new Error('left'))
  }

  protected override render() {
    const { draft, studio, t } = this
    if (draft === undefined || studio === undefined) return nothing
    const sender = studio.senders.get(draft.id)?.state
    if (draft.signed !== undefined && sender?.phase === 'done') return this.#done()
    const words = t.send
    return html`<div class="step">
      <h1>${words.title}</h1>
      ${draft.signed === undefined ? this.#toSign() : this.#underWay(sender)}
      <p role="alert" class=${this.wrong === '' ? 'hidden' : 'wrong'}>${this.wrong}</p>
    </div>`
  }

  #toSign() {
    const { draft, studio, t, language } = this
    if (draft === undefined) return nothing
    const words = t.send
    const gaps = gapsOf(draft, new Set((studio?.works ?? []).map(({ slug }) => slug)))
    if (gaps.length > 0) {
      return html`<p class="lead">${words.text}</p>
        <h2>${t.look.gaps}</h2>
        <ul role="list" class="rows">
          ${gaps.map(
            (gap) =>
              html`<li>
                <a href=${studioAddress({ page: 'draft', language, id: draft.id, step: stepOfGap(gap) })}
                  >${t.gaps[gap]}</a
                >
              </li>`,
          )}
        </ul>`
    }
    const total = draft.files.reduce((sum, { size }) => sum + size, 0)
    return html`<p class="lead">${words.text}</p>
      <room-note .studio=${studio} .language=${language} .draftId=${draft.id}></room-note>
      ${
        this.work === undefined
          ? this.hashedBytes === undefined
            ? html`<div class="actions">
                <button class="pill full" type="button" @click=${this.#hash}>${words.hash}</button>
              </div>`
            : html`<div class="field" role="status">
                <label for="hashing">${words.hashing}</label>
                <progress id="hashing" max=${Math.max(1, total)} value=${this.hashedBytes}></progress>
                <p class="soft">${bytesText(this.hashedBytes, language)} / ${bytesText(total, language)}</p>
              </div>`
          : html`${this.#seal(this.work.root, words.sealReady)}
              <div class="actions">
                <button class="pill full" type="button" ?disabled=${this.isSigning} @click=${this.#sign}>
                  ${this.isSigning ? words.signing : words.sign}
                </button>
              </div>`
      }`
  }

  #seal(root: string, caption: string) {
    return html`<div class="sealed">
      <work-seal .root=${root} .track=${this.draft?.track || undefined}></work-seal>
      <div>
        <p>${caption}</p>
        <p class="root soft">${root}</p>
      </div>
    </div>`
  }

  #underWay(sender: SendState | undefined) {
    const { draft, t, language } = this
    if (draft?.signed === undefined) return nothing
    const words = t.send
    if (sender === undefined) return html`<p role="status">${this.words.site.loading}</p>`
    const { phase, have, total, rate } = sender
    const line =
      phase === 'waiting'
        ? sender.problem === 'busy'
          ? words.busy
          : words.waiting
        : phase === 'paused'
          ? words.paused
          : words.sending
    const problem = words.problems[(sender.problem ?? 'other') as 'other'] ?? words.problems.other
    return html`<div class="sealed">
        <work-seal
          .root=${draft.signed.root}
          .track=${draft.track || undefined}
          .cells=${cellsOf(have, total)}
        ></work-seal>
        <p role="status">${line}</p>
      </div>
      <div class="field">
        <label for="sending">${words.chunks(have, total)}</label>
        <progress id="sending" max=${Math.max(1, total)} value=${have}></progress>
        <p class="soft">
          ${bytesText(sender.bytes, language)} /
          ${bytesText(sender.size, language)}${
            rate === undefined || phase !== 'sending'
              ? nothing
              : html` · ${words.rate(bytesText(rate.bytesPerSecond, language), words.left(rate.secondsLeft))}`
          }
        </p>
      </div>
      ${
        phase === 'failed'
          ? html`<div class="wrong" role="alert">
              <p>${problem}</p>
              ${sender.detail === undefined || sender.detail === '' ? nothing : html`<p class="hint" lang="en">${sender.detail}</p>`}
            </div>`
          : html`<p class="hint">
              ${this.studio?.isKept(draft.id) === true ? words.mayClose : words.keepOpen}
            </p>`
      }
      <div class="actions">
        ${
          phase === 'sending' || phase === 'waiting'
            ? html`<button
                class="pill full"
                type="button"
                @click=${() => this.studio?.senders.get(draft.id)?.pause()}
              >
                ${words.pause}
              </button>`
            : html`<button class="pill full" type="button" @click=${this.#send}>${words.resume}</button>`
        }
        <button class="pill" type="button" @click=${() => this.studio?.unsign(draft.id)}>
          ${words.stop}
        </button>
      </div>
      ${
        draft.files.length > listed || draft.files.length < 2
          ? nothing
          : html`<details>
              <summary>${words.perFile}</summary>
              <ul role="list">
                ${draft.files.map(
                  ({ path, size }) =>
                    html`<li class="file">
                      <span>${path}</span><span class="soft">${bytesText(size, language)}</span>
                      <progress
                        max=${Math.max(1, size)}
                        value=${sender.sent.get(path) ?? 0}
                        aria-label=${path}
                      ></progress>
                    </li>`,
                )}
              </ul>
            </details>`
      }`
  }

  #done() {
    const { draft, studio, t, language } = this
    if (draft?.signed === undefined) return nothing
    const words = t.send
    const quorum = studio?.exhibition?.quorum ?? 0
    const slug = finalSlug(draft)
    const isShown = studio?.works?.find((work) => work.slug === slug)?.standing === 'shown' || quorum === 0
    return html`<div class="step">
      <h1>${words.done}</h1>
      ${this.#seal(draft.signed.root, isShown ? words.doneShown : words.doneSubmitted(quorum))}
      <div class="actions">
        <a class="pill full" href=${studioAddress({ page: 'work', language, slug })}>${words.follow}</a>
        ${
          isShown
            ? html`<a class="pill" target="_blank" href="/${language}/works/${draft.did}/${slug}"
                >${words.see}</a
              >`
            : nothing
        }
      </div>
    </div>`
  }

  readonly #hash = async (): Promise<void> => {
    const { studio, draft } = this
    if (studio === undefined || draft === undefined) return
    this.wrong = ''
    this.hashedBytes = 0
    this.#stop = new AbortController()
    try {
      const files = await studio.files(draft.id)
      if (files.length === 0) throw new NodeRefusedError(0, 'unreadable', '')
      this.work = await hashInWorker(files, {
        signal: this.#stop.signal,
        onBytes: (bytes) => {
          this.hashedBytes = bytes
        },
      })
    } catch {
      // A file that was moved or deleted since it was chosen is the one thing that goes wrong here.
      if (!this.#stop.signal.aborted) this.wrong = this.t.send.problems.unreadable
    } finally {
      this.hashedBytes = undefined
    }
  }

  readonly #sign = async (): Promise<void> => {
    const { studio, draft, work } = this
    if (studio === undefined || draft === undefined || work === undefined) return
    this.isSigning = true
    this.wrong = ''
    try {
      await studio.sign(draft.id, work)
      this.work = undefined
      await this.#send()
    } catch (error) {
      this.wrong = error instanceof KeyRefusedError ? `${this.t.send.needsKey} ${error.message}` : this.t.away
    } finally {
      this.isSigning = false
    }
  }

  readonly #send = async (): Promise<void> => {
    const sender = await this.studio?.sender(this.draftId)
    if (sender === undefined) {
      this.wrong = this.t.files.lost
      return
    }
    if (sender.state.phase !== 'sending' && sender.state.phase !== 'waiting') await sender.start()
  }
}
