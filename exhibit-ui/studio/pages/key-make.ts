import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { shared } from '../../styles/shared.ts'
import { checkField, textField } from '../fields.ts'
import type { KeyAnswers } from '../../key/key-messages.ts'
import { strengthOf, suggestPassphrase } from '../model/passphrase.ts'
import { saveFile } from '../save-file.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'
import './recovery-sheet.ts'

/** Makes a key, and does not go on before the artist says that they have saved it. */
@customElement('key-make')
export class KeyMake extends StudioElement {
  @state() private name = ''
  @state() private passphrase = ''
  @state() private again = ''
  @state() private isShown = false
  @state() private remember = true
  @state() private share: number | undefined
  @state() private made: KeyAnswers['create'] | undefined
  @state() private isSaved = false

  static override styles = [
    shared,
    studioStyles,
    css`
      .mark {
        font: 700 clamp(2rem, 9vw, 3.5rem) / 1 var(--display);
        letter-spacing: 0.02em;
      }
      .code {
        display: grid;
        gap: 4px;
        margin-top: 10px;
        padding-left: 1.6em;
        overflow-wrap: anywhere;
      }
      @media print {
        .column {
          display: none;
        }
      }
      @media not print {
        recovery-sheet {
          display: none;
        }
      }
    `,
  ]

  protected override render() {
    return this.made === undefined ? this.#form() : this.#result(this.made)
  }

  #form() {
    const words = this.t.key
    const strength = strengthOf(this.passphrase)
    const isDifferent = this.again !== '' && this.again !== this.passphrase
    const isReady = strength !== 'short' && this.again === this.passphrase && this.share === undefined
    return html`<form class="column" @submit=${this.#make}>
      <h1>${words.make}</h1>
      ${textField({
        id: 'name',
        label: words.name,
        hint: words.nameHint,
        value: this.name,
        max: formatLimits.nameLength,
        onInput: (value) => {
          this.name = value
        },
      })}
      ${textField({
        id: 'passphrase',
        label: words.newPassphrase,
        hint: words.newPassphraseHint,
        value: this.passphrase,
        type: this.isShown ? 'text' : 'password',
        autocomplete: 'new-password',
        onInput: (value) => {
          this.passphrase = value
        },
      })}
      <p role="status">${this.passphrase === '' ? nothing : words.strength[strength]}</p>
      <div class="actions">
        <button class="pill" type="button" @click=${this.#suggest}>${words.suggest}</button>
        ${checkField({
          id: 'show',
          label: words.show,
          checked: this.isShown,
          onInput: (checked) => {
            this.isShown = checked
          },
        })}
      </div>
      ${textField({
        id: 'again',
        label: words.again,
        value: this.again,
        type: this.isShown ? 'text' : 'password',
        autocomplete: 'new-password',
        isWrong: isDifferent,
        onInput: (value) => {
          this.again = value
        },
      })}
      <p role="status">
        ${isDifferent && this.again.length >= this.passphrase.length ? words.different : nothing}
      </p>
      ${checkField({
        id: 'remember',
        label: words.remember,
        hint: words.rememberHint,
        checked: this.remember,
        onInput: (checked) => {
          this.remember = checked
        },
      })}
      ${
        this.share === undefined
          ? nothing
          : html`<div class="field" role="status">
              <label for="making">${words.making}</label>
              <progress id="making" max="1" value=${this.share}></progress>
            </div>`
      }
      <div class="actions">
        <button class="pill full" type="submit" ?disabled=${!isReady}>${words.make}</button>
        <button class="pill" type="button" @click=${this.#back}>${this.t.back}</button>
      </div>
    </form>`
  }

  #result(made: KeyAnswers['create']) {
    const words = this.t.key
    return html`<div class="column">
        <h1>${words.madeTitle}</h1>
        <div class="field">
          <p class="label">${words.fingerprint}</p>
          <p class="mark">${fingerprint(made.did)}</p>
          <p class="hint">${words.fingerprintHint}</p>
        </div>
        <p class="note">${words.madeText}</p>
        <div class="actions">
          <button class="pill full" type="button" @click=${() => this.#save(made)}>${words.save}</button>
          <button class="pill" type="button" @click=${() => this.#print()}>${words.sheet}</button>
        </div>
        <p class="hint" role="status">${this.isSaved ? words.saved : nothing}</p>
        <details>
          <summary>${this.t.sheet.title}</summary>
          <p class="hint">${words.sheetHint}</p>
          <ol class="code mono">
            ${made.code.map((line) => html`<li>${line}</li>`)}
          </ol>
        </details>
        <div class="actions">
          <button class="pill" type="button" ?disabled=${!this.isSaved} @click=${() => this.#onward(made)}>
            ${words.onward}
          </button>
        </div>
      </div>
      <recovery-sheet .language=${this.language} .made=${made}></recovery-sheet>`
  }

  readonly #suggest = (): void => {
    this.passphrase = suggestPassphrase((length) => crypto.getRandomValues(new Uint8Array(length)))
    this.isShown = true
  }

  readonly #back = (): void => {
    this.dispatchEvent(new Event('key-back'))
  }

  readonly #make = async (event: Event): Promise<void> => {
    event.preventDefault()
    const { studio } = this
    if (studio === undefined || this.share !== undefined) return
    this.share = 0
    try {
      this.made = await studio.keys.create(this.passphrase, this.name.trim(), (share) => {
        this.share = share
      })
      // The page needs it no more, and what is not here cannot be read over a shoulder.
      this.passphrase = ''
      this.again = ''
      window.scrollTo(0, 0)
    } finally {
      this.share = undefined
    }
  }

  #save({ file, did, name }: KeyAnswers['create']): void {
    const label = name
      .normalize('NFKD')
      .replaceAll(/[^\w]+/g, '-')
      .replaceAll(/^-|-$/g, '')
    saveFile(`${label || 'mesh-art'}-${did.slice(-4)}.key.json`, file)
    this.isSaved = true
  }

  #print(): void {
    this.isSaved = true
    window.print()
  }

  async #onward({ did, name, file }: KeyAnswers['create']): Promise<void> {
    if (this.remember) await this.studio?.store.saveKey({ did, name, file })
    await this.studio?.opened()
  }
}
