import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { KeyRefusedError } from '../key/key-keeper.ts'
import type { KeyKeeper } from '../key/key-keeper.ts'
import type { KeyOwner } from '../key/key-messages.ts'
import { groupsOfFour } from '../model/format.ts'
import { shared } from '../styles/shared.ts'
import { CurateElement, formStyles } from './curate-element.ts'

/** A key file has some 500 characters; a video chosen by mistake is not read. */
const fileBytes = 64 * 1024

/** Opens a curator's key file and says whose it is. What is typed here goes to the worker, and nowhere else. */
@customElement('open-key')
export class OpenKey extends CurateElement {
  @property({ attribute: false }) curatorKey: KeyKeeper | undefined
  @property({ attribute: false }) owner: KeyOwner | undefined
  /** What the exhibition calls the owner; empty for one who is no curator. */
  @property() curatorName = ''
  @property() fingerprint = ''
  @property({ type: Boolean }) closedByItself = false
  @state() private share: number | undefined
  @state() private failure = ''
  @state() private plain = false
  @state() private fileName = ''
  @query('input[type=file]') private file!: HTMLInputElement
  @query('#passphrase') private passphrase!: HTMLInputElement

  static override styles = [
    shared,
    formStyles,
    css`
      form,
      .opened {
        display: grid;
        gap: 16px;
        max-width: 36rem;
      }
      h2 {
        font-size: 1.5rem;
        margin-bottom: 10px;
      }
      .file {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
      }
      .file .soft {
        flex-basis: 100%;
      }
      .chosen {
        font-weight: 650;
        overflow-wrap: anywhere;
      }
      /* The browser's own button would speak the browser's language. */
      .pick {
        position: relative;
        overflow: hidden;
      }
      .pick input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        opacity: 0;
        cursor: pointer;
      }
      .pick:focus-within {
        outline: 3px solid var(--focus);
        outline-offset: 3px;
      }
      .toggle {
        display: flex;
        gap: 10px;
        align-items: center;
        min-height: 44px;
      }
      .toggle input {
        width: 22px;
        height: 22px;
        accent-color: var(--ink);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 10px 16px;
        align-items: center;
      }
      .did {
        overflow-wrap: anywhere;
      }
      progress {
        width: 100%;
        height: 12px;
        accent-color: var(--ink);
      }
    `,
  ]

  protected override render() {
    const words = this.says.key
    return html`<h2>${words.heading}</h2>
      ${this.owner === undefined ? this.#form() : this.#opened(this.owner)}`
  }

  #opened(owner: KeyOwner) {
    const words = this.says.key
    return html`<div class="opened">
      ${
        this.curatorName === ''
          ? html`<p class="bad" role="alert">${words.notCurator} <span class="did">${owner.did}</span></p>`
          : html`<p class="good" role="status">${words.opened(this.curatorName)}</p>`
      }
      <div class="row">
        <span class="soft">${words.fingerprint}: ${groupsOfFour(this.fingerprint)}</span>
        <button class="pill" type="button" @click=${() => this.curatorKey?.close()}>${words.close}</button>
      </div>
    </div>`
  }

  #form() {
    const words = this.says.key
    const busy = this.share !== undefined
    return html`<form @submit=${this.#submit} autocomplete="off">
      <p class="soft">${words.why}</p>
      ${this.closedByItself ? html`<p role="status">${words.idle}</p>` : nothing}
      <div class="file">
        <label class="pill pick"
          >${words.file}<input
            type="file"
            aria-label="${words.file} ${this.fileName}"
            aria-describedby="file-hint"
            ?disabled=${busy}
            @change=${(event: Event) => {
              this.fileName = (event.target as HTMLInputElement).files?.[0]?.name ?? ''
            }}
        /></label>
        <span class="chosen">${this.fileName}</span>
        <span class="soft" id="file-hint">${words.fileHint}</span>
      </div>
      <label>
        <span class="name">${words.passphrase}</span>
        <input
          id="passphrase"
          type=${this.plain ? 'text' : 'password'}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          ?disabled=${busy}
        />
      </label>
      <label class="toggle">
        <input
          type="checkbox"
          @change=${(event: Event) => {
            this.plain = (event.target as HTMLInputElement).checked
          }}
        />
        ${words.show}
      </label>
      ${
        this.share === undefined
          ? html`<div class="row"><button class="pill full" type="submit">${words.open}</button></div>`
          : html`<div>
              <progress
                max="1"
                .value=${this.share}
                aria-label=${words.opening(Math.round(this.share * 100))}
              ></progress>
              <p>${words.opening(Math.round(this.share * 100))}</p>
              <p class="soft">${words.openingHint}</p>
            </div>`
      }
      <div role="alert">${this.failure === '' ? nothing : html`<p class="bad">${this.failure}</p>`}</div>
    </form>`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const words = this.says.key.failed
    const file = this.file.files?.[0]
    const passphrase = this.passphrase.value
    if (file === undefined) {
      this.failure = words['no-file'] ?? ''
      this.file.focus()
      return
    }
    this.failure = ''
    this.share = 0
    try {
      const text = file.size > fileBytes ? '' : await file.text()
      await this.curatorKey?.open(text, passphrase, (share) => {
        this.share = share
      })
      this.dispatchEvent(new Event('key-opened', { bubbles: true, composed: true }))
    } catch (error) {
      const code = error instanceof KeyRefusedError ? error.code : 'failed'
      this.failure = words[code] ?? words['failed'] ?? ''
    } finally {
      this.share = undefined
    }
  }
}
