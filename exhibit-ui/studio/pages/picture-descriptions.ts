import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { shared } from '../../styles/shared.ts'
import { DraftStep } from '../draft-step.ts'
import { textPair } from '../fields.ts'
import { seriesPaths } from '../model/draft-gaps.ts'
import { studioStyles } from '../studio-styles.ts'

/** What there is to see in each picture of a series, beside the picture. */
@customElement('picture-descriptions')
export class PictureDescriptions extends DraftStep {
  @state() private urls: ReadonlyMap<string, string> = new Map()

  static override styles = [
    shared,
    studioStyles,
    css`
      .picture {
        display: grid;
        gap: 12px 20px;
        padding: 16px 0;
        border-bottom: var(--faint);
      }
      @media (min-width: 700px) {
        .picture {
          grid-template-columns: 160px minmax(0, 1fr);
        }
      }
      img {
        display: block;
        width: 160px;
        max-height: 160px;
        object-fit: contain;
        object-position: left top;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.studio?.files(this.draftId).then((files) => {
      const paths = new Set(this.draft === undefined ? [] : seriesPaths(this.draft))
      this.urls = new Map(
        files
          .filter(({ path }) => paths.has(path))
          .map(({ path, blob }) => [path, URL.createObjectURL(blob)]),
      )
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const url of this.urls.values()) URL.revokeObjectURL(url)
    this.urls = new Map()
  }

  protected override render() {
    const { draft, t } = this
    const paths = draft === undefined ? [] : seriesPaths(draft)
    if (draft === undefined || paths.length === 0) return nothing
    return html`<section>
      <h2>${t.access.pictures}</h2>
      ${paths.map((path, i) => {
        const url = this.urls.get(path)
        return html`<div class="picture">
          ${url === undefined ? html`<span></span>` : html`<img src=${url} alt="" loading="lazy" decoding="async" />`}
          ${textPair({
            id: `picture-${i}`,
            label: t.access.picture(i + 1, path),
            value: draft.pictures[path] ?? { nl: '', en: '' },
            max: formatLimits.altLength,
            rows: 'low',
            words: t,
            onInput: (alt) => this.edit({ pictures: { ...draft.pictures, [path]: alt } }),
          })}
        </div>`
      })}
    </section>`
  }
}
