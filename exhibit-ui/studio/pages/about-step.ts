import { css, html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { trackIds } from '../../model/works-query.ts'
import { shared, trackInks } from '../../styles/shared.ts'
import { DraftStep } from '../draft-step.ts'
import { selectField, textField, textPair } from '../fields.ts'
import { finalSlug } from '../model/draft.ts'
import { studioStyles } from '../studio-styles.ts'

/** What the artist says of the work. */
@customElement('about-step')
export class AboutStep extends DraftStep {
  static override styles = [
    shared,
    studioStyles,
    trackInks,
    css`
      .step {
        display: grid;
        gap: 28px;
      }
      .tracks {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }
      .tracks label {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        padding: 8px 18px;
        border: var(--line) solid var(--track);
        border-radius: 999px;
        color: var(--track);
        font: 600 1rem/1.2 var(--display);
        cursor: pointer;
      }
      .tracks input {
        position: absolute;
        opacity: 0;
      }
      .tracks label:has(:checked) {
        background: var(--track);
        color: var(--paper);
      }
      .tracks label:has(:focus-visible) {
        outline: 3px solid var(--focus);
        outline-offset: 3px;
      }
      .credit {
        display: grid;
        gap: 12px;
        padding: 14px 0;
        border-bottom: var(--faint);
      }
      .small {
        max-width: 12rem;
      }
    `,
  ]

  protected override render() {
    const { draft, t, words } = this
    if (draft === undefined) return nothing
    const about = t.about
    const licences = Object.entries(about.licences)
    return html`<div class="step">
      <div class="top-words">
        <h1>${about.title}</h1>
        <p class="hint">${about.hint}</p>
      </div>
      ${textPair({
        id: 'title',
        label: about.name,
        value: draft.title,
        max: formatLimits.titleLength,
        words: t,
        onInput: (title) => this.edit({ title }),
      })}
      ${textPair({
        id: 'statement',
        label: about.statement,
        hint: about.statementHint,
        value: draft.statement,
        max: formatLimits.statementLength,
        rows: 'high',
        words: t,
        onInput: (statement) => this.edit({ statement }),
      })}
      ${textField({
        id: 'maker',
        label: about.maker,
        value: draft.maker,
        max: formatLimits.nameLength,
        onInput: (maker) => this.edit({ maker }),
      })}
      <fieldset>
        <legend>${about.track}</legend>
        <div class="tracks">
          ${trackIds.map(
            (track) =>
              html`<label data-track=${track}
                ><input
                  type="radio"
                  name="track"
                  value=${track}
                  .checked=${draft.track === track}
                  @change=${() => this.edit({ track })}
                />${words.tracks[track]}</label
              >`,
          )}
        </div>
      </fieldset>
      ${selectField({
        id: 'licence',
        label: about.licence,
        hint: about.licenceHint,
        value: draft.licence,
        options: licences.some(([id]) => id === draft.licence)
          ? licences
          : [...licences, [draft.licence, draft.licence]],
        onInput: (licence) => this.edit({ licence }),
      })}
      <div class="small">
        ${textField({
          id: 'year',
          label: `${about.year} (${t.optional})`,
          value: draft.year,
          max: 4,
          inputMode: 'numeric',
          onInput: (year) => this.edit({ year }),
        })}
      </div>
      ${textPair({
        id: 'technique',
        label: `${about.technique} (${t.optional})`,
        value: draft.technique,
        max: formatLimits.titleLength,
        words: t,
        onInput: (technique) => this.edit({ technique }),
      })}
      ${this.#credits()}
      <details>
        <summary>${about.more}</summary>
        ${
          draft.of === undefined
            ? textField({
                id: 'slug',
                label: about.slug,
                hint: about.slugHint,
                value: draft.slug || finalSlug(draft),
                max: formatLimits.slugLength,
                onInput: (slug) =>
                  this.edit({
                    slug: slug
                      .toLowerCase()
                      .replaceAll(/[^a-z0-9-]+/g, '-')
                      .replaceAll(/--+/g, '-'),
                  }),
              })
            : html`<p>${finalSlug(draft)}</p>
                <p class="hint">${about.slugFixed}</p>`
        }
      </details>
    </div>`
  }

  #credits() {
    const { draft, t } = this
    const credits = draft?.credits ?? []
    const about = t.about
    const change = (index: number, part: Partial<(typeof credits)[number]>): void =>
      this.edit({ credits: credits.map((credit, i) => (i === index ? { ...credit, ...part } : credit)) })
    return html`<fieldset>
      <legend>${about.credits} (${t.optional})</legend>
      ${credits.map(
        (credit, i) =>
          html`<div class="credit">
            ${textField({
              id: `credit-${i}`,
              label: about.creditName,
              value: credit.name,
              max: formatLimits.nameLength,
              onInput: (name) => change(i, { name }),
            })}
            ${textPair({
              id: `credit-role-${i}`,
              label: `${about.creditRole} (${t.optional})`,
              value: credit.role,
              max: formatLimits.titleLength,
              words: t,
              onInput: (role) => change(i, { role }),
            })}
            <button
              class="quiet"
              type="button"
              @click=${() => this.edit({ credits: credits.filter((_, one) => one !== i) })}
            >
              ${t.remove}: ${credit.name || i + 1}
            </button>
          </div>`,
      )}
      <div class="actions">
        <button
          class="pill"
          type="button"
          ?disabled=${credits.length >= formatLimits.credits}
          @click=${() => this.edit({ credits: [...credits, { name: '', role: { nl: '', en: '' } }] })}
        >
          ${about.addCredit}
        </button>
      </div>
    </fieldset>`
  }
}
