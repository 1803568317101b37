import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { fingerprint } from '../../../artworks/format/did-key.ts'
import { readKeyFile } from '../../../artworks/format/key-file.ts'
import { checkRecoveryCode } from '../../../artworks/format/recovery-code.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { shared } from '../../styles/shared.ts'
import type { KeptKey } from '../drafts-store.ts'
import { checkField, textField } from '../fields.ts'
import { KeyRefusedError } from '../../key/key-keeper.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'

/** Opens a key: one this browser remembers, from its file, or from the recovery sheet. */
@customElement('key-open')
export class KeyOpen extends StudioElement {
  @property({ attribute: false }) kept: readonly KeptKey[] = []
  @state() private chosen: KeptKey | undefined
  @state() private fromPaper = false
  @state() private code = ''
  @state() private name = ''
  @state() private passphrase = ''
  @state() private remember = false
  @state() private wrong = ''
  @state() private share: number | undefined

  static override styles = [shared, studioStyles]

  protected override render() {
    const words = this.t.key
    const { share, fromPaper } = this
    const chosen = this.chosen ?? (fromPaper ? undefined : this.kept[0])
    return html`<form class="column" @submit=${this.#submit}>
      <h1>${words.openTitle}</h1>
      ${this.studio?.wasLocked === true ? html`<p class="note" role="status">${words.locked}</p>` : nothing}
      ${fromPaper ? this.#paper() : this.#file(chosen)}
      ${textField({
        id: 'passphrase',
        label: words.passphrase,
        value: this.passphrase,
        type: 'password',
        autocomplete: 'current-password',
        isWrong: this.wrong !== '',
        onInput: (value) => {
          this.passphrase = value
          this.wrong = ''
        },
      })}
      ${
        chosen === undefined || !this.kept.some(({ did }) => did === chosen.did)
          ? checkField({
              id: 'remember',
              label: words.remember,
              hint: words.rememberHint,
              checked: this.remember,
              onInput: (checked) => {
                this.remember = checked
              },
            })
          : nothing
      }
      <p role="alert" class=${this.wrong === '' ? 'hidden' : 'wrong'}>${this.wrong}</p>
      ${
        share === undefined
          ? nothing
          : html`<div class="field" role="status">
              <label for="opening">${words.opening}</label>
              <progress id="opening" max="1" value=${share}></progress>
            </div>`
      }
      <div class="actions">
        <button
          class="pill full"
          type="submit"
          ?disabled=${share !== undefined || this.passphrase === '' || (chosen === undefined && !fromPaper)}
        >
          ${words.open}
        </button>
        <button class="pill" type="button" @click=${this.#back}>${this.t.back}</button>
      </div>
    </form>`
  }

  #file(chosen: KeptKey | undefined) {
    const words = this.t.key
    return html`<div class="field">
      ${
        chosen === undefined
          ? nothing
          : html`<p>
              <strong>${words.whose(chosen.name || words.unnamed)}</strong>
              <span class="soft mono">${fingerprint(chosen.did)}</span>
            </p>`
      }
      ${
        chosen !== undefined && this.kept.some(({ did }) => did === chosen.did)
          ? html`<p class="hint">
              ${words.kept}.
              <button class="quiet" type="button" @click=${() => this.#forget(chosen)}>
                ${words.forget(chosen.name || words.unnamed)}
              </button>
            </p>`
          : nothing
      }
      <div class="actions">
        <label class="pill pick"
          >${words.chooseFile}<input
            id="key-file"
            type="file"
            aria-label=${words.chooseFile}
            @change=${this.#choose}
        /></label>
      </div>
      <button
        class="quiet"
        type="button"
        @click=${() => {
          this.fromPaper = true
        }}
      >
        ${words.useCode}
      </button>
    </div>`
  }

  #paper() {
    const words = this.t.key
    const checked = checkRecoveryCode(this.code)
    const isLong = this.code.replaceAll(/\s/g, '').length >= 28
    return html`<div class="field">
      ${textField({
        id: 'code',
        label: words.code,
        hint: words.codeHint,
        value: this.code,
        rows: 'high',
        autocomplete: 'off',
        max: 400,
        onInput: (value) => {
          this.code = value
        },
      })}
      ${textField({
        id: 'recover-name',
        label: `${words.name} (${this.t.optional})`,
        value: this.name,
        max: formatLimits.nameLength,
        onInput: (value) => {
          this.name = value
        },
      })}
      <p class="hint" role="status">
        ${
          checked.ok || !isLong
            ? nothing
            : checked.isShort
              ? words.codeShort(checked.line)
              : words.codeWrong(checked.line)
        }
      </p>
      <button
        class="quiet"
        type="button"
        @click=${() => {
          this.fromPaper = false
        }}
      >
        ${words.useFile}
      </button>
    </div>`
  }

  readonly #choose = async (event: Event): Promise<void> => {
    const file = (event.target as HTMLInputElement).files?.[0]
    if (file === undefined) return
    try {
      // A real one has about 500 bytes; nothing of a large file is read.
      const text = await file.slice(0, 16_384).text()
      const { did, name = '' } = readKeyFile(text)
      this.chosen = { did, name, file: text }
      this.wrong = ''
    } catch {
      // Whatever is wrong with it, the artist chose another file than they meant.
      this.chosen = undefined
      this.wrong = this.t.key.notAKey
    }
  }

  readonly #forget = async ({ did }: KeptKey): Promise<void> => {
    await this.studio?.store.deleteKey(did)
    this.kept = this.kept.filter((one) => one.did !== did)
    this.chosen = undefined
  }

  readonly #back = (): void => {
    this.dispatchEvent(new Event('key-back'))
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const { studio } = this
    const chosen = this.chosen ?? this.kept[0]
    if (studio === undefined || this.share !== undefined) return
    this.share = 0
    this.wrong = ''
    const onProgress = (share: number): void => {
      this.share = share
    }
    try {
      let file = chosen?.file ?? ''
      if (this.fromPaper) {
        const recovered = await studio.keys.recover(this.code, this.passphrase, this.name.trim(), onProgress)
        file = recovered.file
      } else {
        await studio.keys.open(file, this.passphrase, onProgress)
      }
      const { owner } = studio.keys
      if (this.remember && owner !== undefined) await studio.store.saveKey({ ...owner, file })
      this.passphrase = ''
      await studio.opened()
    } catch (error) {
      this.wrong = this.#wordsOf(error)
    } finally {
      this.share = undefined
    }
  }

  #wordsOf(error: unknown): string {
    const words = this.t.key
    if (!(error instanceof KeyRefusedError)) return this.t.failed
    if (error.code === 'wrong-passphrase') return words.wrong
    const checked = checkRecoveryCode(this.code)
    if (this.fromPaper && !checked.ok) return words.codeWrong(checked.line)
    return error.code === 'bad-key-file' ? words.notAKey : this.t.failed
  }
}
