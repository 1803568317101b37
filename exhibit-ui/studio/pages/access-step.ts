import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { languageName } from '../../model/format.ts'
import { shared } from '../../styles/shared.ts'
import { DraftStep } from '../draft-step.ts'
import { checkField, selectField, textPair } from '../fields.ts'
import { noWordsReasons } from '../model/draft.ts'
import type { Draft, NoWordsReason, WarningKind } from '../model/draft.ts'
import { addFiles, kindOfPath } from '../model/work-file-list.ts'
import { studioStyles } from '../studio-styles.ts'
import './film-frame.ts'
import './picture-descriptions.ts'
import type { FrameTakenEvent } from './film-frame.ts'

const warningKinds: readonly WarningKind[] = ['flashing', 'sound', 'subject']
const captionLanguages = ['nl', 'en', 'de', 'fr', 'es', 'tr', 'ar', 'pl', 'uk']
const posterPath = 'poster.jpg'

/** So that everyone can take part: descriptions, captions, warnings, and the picture on the wall. */
@customElement('access-step')
export class AccessStep extends DraftStep {
  @state() private posterUrl = ''
  #posterOf = ''

  static override styles = [
    shared,
    studioStyles,
    css`
      .step {
        display: grid;
        gap: 32px;
      }
      .poster {
        display: block;
        max-width: min(100%, 26rem);
        max-height: 20rem;
        border: var(--line) solid var(--ink);
      }
    `,
  ]

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    URL.revokeObjectURL(this.posterUrl)
    this.#posterOf = ''
  }

  protected override updated(): void {
    void this.#showPoster(this.draft?.poster ?? '')
  }

  protected override render() {
    const { draft, t } = this
    if (draft === undefined) return nothing
    const words = t.access
    return html`<div class="step">
      <h1>${words.title}</h1>
      ${textPair({
        id: 'alt',
        label: words.alt,
        hint: draft.medium === 'images' ? `${words.altHint} ${words.altSeries}` : words.altHint,
        value: draft.alt,
        max: formatLimits.altLength,
        rows: 'low',
        words: t,
        onInput: (alt) => this.edit({ alt }),
      })}
      <picture-descriptions
        .studio=${this.studio}
        .language=${this.language}
        .draftId=${draft.id}
      ></picture-descriptions>
      ${this.#spoken(draft)} ${this.#poster(draft)} ${this.#warnings(draft)}
    </div>`
  }

  #spoken(draft: Draft) {
    if (draft.medium !== 'audio' && draft.medium !== 'video') return nothing
    const { t } = this
    const words = t.access
    return html`<fieldset>
      <legend>${words.words}</legend>
      <p class="hint">${words.wordsHint}</p>
      ${draft.captions.map(({ lang, path }, i) =>
        selectField({
          id: `captions-${i}`,
          label: words.captionsLanguage(path),
          value: lang,
          options: [...new Set([...captionLanguages, lang])].map((tag) => [tag, languageName(tag)] as const),
          onInput: (chosen) =>
            this.edit({
              captions: draft.captions.map((one) => (one.path === path ? { path, lang: chosen } : one)),
            }),
        }),
      )}
      ${textPair({
        id: 'transcript',
        label: words.transcript,
        value: draft.transcript,
        // Both languages, the rest of the manifest and its envelope fit in one record of 64 KiB.
        max: Math.min(12_000, formatLimits.transcriptLength),
        rows: 'low',
        words: t,
        onInput: (transcript) => this.edit({ transcript }),
      })}
      ${
        draft.captions.length > 0
          ? nothing
          : selectField({
              id: 'no-words',
              label: words.noWords,
              value: draft.noWords,
              options: [
                ['', words.noWordsNone],
                ...noWordsReasons.map((reason) => [reason, words.noWordsReasons[reason]] as const),
              ],
              onInput: (reason) => this.edit({ noWords: reason as NoWordsReason | '' }),
            })
      }
    </fieldset>`
  }

  #poster(draft: Draft) {
    const { t } = this
    const words = t.access
    const pictures = draft.files.filter(({ path }) => kindOfPath(path) === 'image').slice(0, 200)
    if (pictures.length === 0 && draft.medium !== 'video') return nothing
    return html`<fieldset>
      <legend>${words.poster}</legend>
      ${
        pictures.length === 0
          ? nothing
          : selectField({
              id: 'poster',
              label: words.posterHint,
              value: draft.poster,
              options: [['', words.noPoster], ...pictures.map(({ path }) => [path, path] as const)],
              onInput: (poster) => this.edit({ poster }),
            })
      }
      ${
        draft.medium === 'video'
          ? html`<film-frame
              .studio=${this.studio}
              .language=${this.language}
              .draftId=${draft.id}
              .path=${draft.entry}
              @frame-taken=${(event: Event) => void this.#taken(event as FrameTakenEvent)}
            ></film-frame>`
          : nothing
      }
      ${this.posterUrl === '' || draft.poster === '' ? nothing : html`<img class="poster" src=${this.posterUrl} alt="" />`}
      ${
        draft.poster === ''
          ? nothing
          : textPair({
              id: 'poster-alt',
              label: words.posterAlt,
              value: draft.posterAlt,
              max: formatLimits.altLength,
              rows: 'low',
              words: t,
              onInput: (posterAlt) => this.edit({ posterAlt }),
            })
      }
    </fieldset>`
  }

  #warnings(draft: Draft) {
    const { t } = this
    const words = t.access
    return html`<fieldset>
      <legend>${words.warnings} (${t.optional})</legend>
      ${warningKinds.map((kind) =>
        checkField({
          id: `warning-${kind}`,
          label: words.warningKinds[kind],
          checked: draft.warnings.includes(kind),
          onInput: (checked) =>
            this.edit({
              warnings: warningKinds.filter((one) => (one === kind ? checked : draft.warnings.includes(one))),
            }),
        }),
      )}
      ${
        draft.warnings.length === 0
          ? nothing
          : textPair({
              id: 'warning-text',
              label: `${words.warningText} (${t.optional})`,
              value: draft.warningText,
              max: formatLimits.altLength,
              rows: 'low',
              words: t,
              onInput: (warningText) => this.edit({ warningText }),
            })
      }
    </fieldset>`
  }

  async #taken({ picture }: FrameTakenEvent): Promise<void> {
    const { studio, draft } = this
    if (studio === undefined || draft === undefined) return
    const { files } = addFiles(await studio.files(draft.id), [{ path: posterPath, blob: picture }])
    if (draft.signed !== undefined) studio.unsign(draft.id)
    this.#posterOf = ''
    await studio.setFiles(draft.id, files, { poster: posterPath })
  }

  async #showPoster(path: string): Promise<void> {
    if (path === this.#posterOf) return
    this.#posterOf = path
    const files = (await this.studio?.files(this.draftId)) ?? []
    const blob = files.find((file) => file.path === path)?.blob
    URL.revokeObjectURL(this.posterUrl)
    this.posterUrl = blob === undefined ? '' : URL.createObjectURL(blob)
  }
}
