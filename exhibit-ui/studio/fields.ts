import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import { live } from 'lit/directives/live.js'
import type { StudioMessages } from '../locales/studio/messages.ts'
import type { Texts } from './model/draft.ts'
import { isHalfSaid } from './model/draft-gaps.ts'

interface FieldOptions {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string | undefined
  readonly max?: number
  readonly rows?: 'low' | 'high' | undefined
  readonly lang?: string
  readonly type?: 'text' | 'password'
  readonly inputMode?: 'numeric' | 'text'
  readonly autocomplete?: 'off' | 'new-password' | 'current-password'
  readonly isWrong?: boolean
}

/** A line, or with `rows` a field, of text with its label above. */
export function textField(options: FieldOptions): TemplateResult {
  const { id, label, hint } = options
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`} ${inputOf(options)}
  </div>`
}

function inputOf({
  id,
  hint,
  value,
  onInput,
  max,
  rows,
  lang,
  type,
  inputMode,
  autocomplete,
  isWrong,
}: FieldOptions): TemplateResult {
  const input = (event: Event): void => onInput((event.target as HTMLInputElement).value)
  const described = hint === undefined ? undefined : `${id}-hint`
  if (rows !== undefined) {
    return html`<textarea
      id=${id}
      class=${rows}
      lang=${ifDefined(lang)}
      maxlength=${ifDefined(max)}
      aria-describedby=${ifDefined(described)}
      aria-invalid=${isWrong === true ? 'true' : 'false'}
      spellcheck=${autocomplete === 'off' ? 'false' : 'true'}
      .value=${live(value)}
      @input=${input}
    ></textarea>`
  }
  return html`<input
    id=${id}
    type=${type ?? 'text'}
    lang=${ifDefined(lang)}
    maxlength=${ifDefined(max)}
    inputmode=${ifDefined(inputMode)}
    autocomplete=${autocomplete ?? 'off'}
    autocapitalize=${type === undefined ? 'sentences' : 'none'}
    aria-describedby=${ifDefined(described)}
    aria-invalid=${isWrong === true ? 'true' : 'false'}
    .value=${live(value)}
    @input=${input}
  />`
}

interface PairOptions {
  readonly id: string
  readonly label: string
  readonly value: Texts
  readonly onInput: (value: Texts) => void
  readonly words: StudioMessages
  readonly hint?: string
  readonly max: number
  readonly rows?: 'low' | 'high'
}

/** One text in both languages, side by side where there is room. The second is asked for once the first is there. */
export function textPair({ id, label, value, onInput, words, hint, max, rows }: PairOptions): TemplateResult {
  const side = (language: 'nl' | 'en', name: string): TemplateResult =>
    textField({
      id: `${id}-${language}`,
      label: name,
      value: value[language],
      lang: language,
      max,
      rows,
      onInput: (text) => onInput({ ...value, [language]: text }),
    })
  return html`<fieldset aria-describedby=${ifDefined(hint === undefined ? undefined : `${id}-hint`)}>
    <legend>${label}</legend>
    ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <div class="pair">${side('nl', words.dutch)}${side('en', words.english)}</div>
    ${isHalfSaid(value) ? html`<p class="hint">${words.about.otherToo}</p>` : nothing}
  </fieldset>`
}

interface SelectOptions {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, name: string])[]
  readonly onInput: (value: string) => void
  readonly hint?: string
}

export function selectField({ id, label, value, options, onInput, hint }: SelectOptions): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <select
      id=${id}
      aria-describedby=${ifDefined(hint === undefined ? undefined : `${id}-hint`)}
      .value=${live(value)}
      @change=${(event: Event) => onInput((event.target as HTMLSelectElement).value)}
    >
      ${options.map(([key, name]) => html`<option value=${key} ?selected=${key === value}>${name}</option>`)}
    </select>
  </div>`
}

export function checkField(options: {
  id: string
  label: string
  checked: boolean
  onInput: (checked: boolean) => void
  hint?: string
}): TemplateResult {
  const { id, label, checked, onInput, hint } = options
  return html`<div class="check">
    <input
      id=${id}
      type="checkbox"
      .checked=${live(checked)}
      aria-describedby=${ifDefined(hint === undefined ? undefined : `${id}-hint`)}
      @change=${(event: Event) => onInput((event.target as HTMLInputElement).checked)}
    />
    <label for=${id}>${label}</label>
    ${hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}
  </div>`
}
