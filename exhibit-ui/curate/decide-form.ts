import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { WaitingVersion } from '../../node/http/contracts/curate.ts'
import { NoAnswerError } from '../api/client.ts'
import { claimedAt } from '../key/claimed-at.ts'
import { KeyRefusedError } from '../key/key-keeper.ts'
import type { KeyKeeper } from '../key/key-keeper.ts'
import { shared } from '../styles/shared.ts'
import { NodeSaidNoError, sendRecord } from './curate-api.ts'
import { CurateElement, formStyles } from './curate-element.ts'
import { recordOfDecision } from './record-of-decision.ts'
import type { Decision } from './record-of-decision.ts'

const choices = ['version', 'artist', 'decline', 'removal'] as const
type Choice = (typeof choices)[number]

/** The longest a reason may be; the format's own bound, whose module is not loaded for one number. */
const reasonLength = 1000

/** Told when a decision was signed and the node has it. */
export class DecidedEvent extends Event {
  static readonly eventName = 'decided'
  readonly created: boolean

  constructor(created: boolean) {
    super(DecidedEvent.eventName, { bubbles: true, composed: true })
    this.created = created
  }
}

/** What a curator says of a version: chosen, given reasons where it needs them, signed here, sent. */
@customElement('decide-form')
export class DecideForm extends CurateElement {
  @property({ attribute: false }) curatorKey: KeyKeeper | undefined
  @property() exhibition = ''
  @property() artist = ''
  @property() slug = ''
  @property({ type: Number }) quorum = 0
  @property({ attribute: false }) version: WaitingVersion | undefined
  @state() private choice: Choice | undefined
  @state() private busy = false
  @state() private failure = ''
  @query('#reason-nl') private reasonNl!: HTMLTextAreaElement | null
  @query('#reason-en') private reasonEn!: HTMLTextAreaElement | null

  static override styles = [
    shared,
    formStyles,
    css`
      form {
        display: grid;
        gap: 16px;
        max-width: 36rem;
      }
      fieldset {
        display: grid;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 6px;
        font: 700 1.5rem/1.1 var(--display);
        letter-spacing: -0.02em;
      }
      .choice {
        grid-template-columns: 24px minmax(0, 1fr);
        gap: 2px 12px;
        padding: 12px 0;
        border-bottom: var(--faint);
        cursor: pointer;
      }
      .choice input {
        width: 22px;
        height: 22px;
        margin: 2px 0 0;
        accent-color: var(--ink);
      }
      .choice .soft {
        grid-column: 2;
      }
    `,
  ]

  /** Another work, or another version: nothing that was typed for the one before may be signed for it. */
  clear(): void {
    this.choice = undefined
    this.failure = ''
    for (const field of [this.reasonNl, this.reasonEn]) if (field !== null) field.value = ''
  }

  protected override render() {
    const words = this.says.decide
    const hints: Record<Choice, string> = {
      version: words.versionHint,
      artist: words.artistHint,
      decline: words.declineHint,
      removal: words.removalHint(Math.max(1, this.quorum)),
    }
    return html`<form @submit=${this.#submit}>
      <fieldset ?disabled=${this.busy}>
        <legend>${words.heading}</legend>
        ${choices.map(
          (choice) =>
            html`<label class="choice">
              <input
                type="radio"
                name="choice"
                .checked=${this.choice === choice}
                value=${choice}
                aria-describedby="hint-${choice}"
                @change=${() => {
                  this.choice = choice
                  this.failure = ''
                }}
              />
              <span class="name">${words[choice]}</span>
              <span class="soft" id="hint-${choice}">${hints[choice]}</span>
            </label>`,
        )}
      </fieldset>
      ${needsReasons(this.choice) ? this.#reasons() : nothing}
      <p class="soft">${words.final}</p>
      <div>
        <button class="pill full" type="submit" ?disabled=${this.busy}>
          ${this.busy ? words.signing : words.sign}
        </button>
      </div>
      <div role="alert">${this.failure === '' ? nothing : html`<p class="bad">${this.failure}</p>`}</div>
    </form>`
  }

  #reasons() {
    const words = this.says.decide
    return html`<p class="soft" id="reasons">${words.reasonHint}</p>
      <label>
        <span class="name">${words.reasonNl}</span>
        <textarea
          id="reason-nl"
          lang="nl"
          required
          maxlength=${reasonLength}
          aria-describedby="reasons"
        ></textarea>
      </label>
      <label>
        <span class="name">${words.reasonEn}</span>
        <textarea
          id="reason-en"
          lang="en"
          required
          maxlength=${reasonLength}
          aria-describedby="reasons"
        ></textarea>
      </label>`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const words = this.says.decide
    if (this.choice === undefined) {
      this.failure = words.choose
      return
    }
    const decision = this.#decision(this.choice)
    if (decision === undefined || this.curatorKey === undefined) {
      this.failure = words.needsReasons
      return
    }
    this.busy = true
    this.failure = ''
    try {
      const { bytes } = await this.curatorKey.sign(
        recordOfDecision(decision, this.exhibition, claimedAt(Date.now())),
      )
      const { created } = await sendRecord(bytes)
      this.clear()
      this.dispatchEvent(new DecidedEvent(created))
    } catch (error) {
      this.failure = this.#why(error)
    } finally {
      this.busy = false
    }
  }

  #decision(choice: Choice): Decision | undefined {
    const { artist, slug, version } = this
    if (version === undefined) return undefined
    const { manifest } = version
    if (choice === 'version') return { kind: 'admission', manifest }
    if (choice === 'artist') return { kind: 'admission', artist }
    const reason = { nl: this.reasonNl?.value.trim() ?? '', en: this.reasonEn?.value.trim() ?? '' }
    if (reason.nl === '' || reason.en === '') return undefined
    return choice === 'decline'
      ? { kind: 'decline', manifest, reason }
      : { kind: 'removal', artist, slug, reason }
  }

  #why(error: unknown): string {
    const words = this.says.decide
    if (error instanceof NodeSaidNoError) return words.refused(error.message)
    if (error instanceof NoAnswerError) return words.noAnswer
    if (error instanceof KeyRefusedError && error.code === 'closed') return words.needsKey
    return words.refused(error instanceof Error ? error.message : '')
  }
}

function needsReasons(choice: Choice | undefined): boolean {
  return choice === 'decline' || choice === 'removal'
}
