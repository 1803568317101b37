import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { shared } from '../../styles/shared.ts'
import { gapsOf, stepOfGap, steps } from '../model/draft-gaps.ts'
import type { Step } from '../model/draft-gaps.ts'
import { studioAddress } from '../model/studio-route.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'
import './about-step.ts'
import './access-step.ts'
import './files-step.ts'
import './look-step.ts'
import './send-step.ts'

/** A work on its way to being signed, in five steps that can be taken in any order. */
@customElement('draft-page')
export class DraftPage extends StudioElement {
  @property() draftId = ''
  @property() step: Step = 'files'

  static override styles = [
    shared,
    studioStyles,
    css`
      nav {
        border-bottom: var(--hairline);
      }
      .steps {
        display: flex;
        gap: 4px 22px;
        padding: 6px var(--edge);
        overflow-x: auto;
        scrollbar-width: none;
      }
      .steps a {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-height: 44px;
        white-space: nowrap;
        text-decoration: none;
      }
      .steps .number {
        display: inline-grid;
        place-items: center;
        width: 26px;
        height: 26px;
        border: var(--line) solid var(--ink);
        border-radius: 50%;
        font: 600 0.875rem/1 var(--display);
      }
      .steps .done .number {
        background: var(--ink);
        color: var(--paper);
      }
      a[aria-current] .title {
        border-bottom: 4px solid currentColor;
        margin-bottom: -4px;
        font-weight: 600;
      }
      @media (max-width: 599px) {
        .steps {
          justify-content: space-between;
          gap: 4px;
        }
        .steps a:not([aria-current]) .title {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      .foot {
        padding-top: 20px;
        border-top: var(--hairline);
      }
    `,
  ]

  protected override render() {
    const { studio, t, language, step, draftId } = this
    const draft = studio?.draft(draftId)
    if (studio === undefined) return nothing
    if (draft === undefined) {
      // Thrown away, or the draft of another key.
      return html`<div class="column">
        <h1>${t.home.untitled}</h1>
        <a href=${studioAddress({ page: 'home', language })}>${t.work.back}</a>
      </div>`
    }
    // Once it is signed and in, the work of this address is this one.
    const taken = new Set(draft.signed === undefined ? (studio.works ?? []).map(({ slug }) => slug) : [])
    const gaps = gapsOf(draft, taken)
    const index = steps.indexOf(step)
    const isSigned = draft.signed !== undefined
    return html`<nav aria-label=${t.steps.label}>
        <ol role="list" class="steps">
          ${steps.map((one, i) => {
            const open = gaps.filter((gap) => stepOfGap(gap) === one).length
            const isDone = open === 0 && one !== 'look' && (one !== 'send' || isSigned)
            return html`<li>
              <a
                class=${isDone ? 'done' : ''}
                href=${studioAddress({ page: 'draft', language, id: draftId, step: one })}
                aria-current=${one === step ? 'step' : nothing}
                ><span class="number" aria-hidden="true">${i + 1}</span
                ><span class="title">${t.steps[one]}</span>${
                  open > 0 && one !== 'files'
                    ? html`<span class="hidden">${t.steps.open(open)}</span>`
                    : nothing
                }</a
              >
            </li>`
          })}
        </ol>
      </nav>
      <div class="column">
        ${this.#step()}
        ${
          step === 'send'
            ? nothing
            : html`<div class="actions foot">
                <a
                  class="pill full"
                  href=${studioAddress({ page: 'draft', language, id: draftId, step: steps[index + 1] ?? 'send' })}
                  >${t.next}: ${t.steps[steps[index + 1] ?? 'send']}</a
                >
                ${
                  index === 0
                    ? nothing
                    : html`<a
                        class="pill"
                        href=${studioAddress({ page: 'draft', language, id: draftId, step: steps[index - 1] ?? 'files' })}
                        >${t.back}</a
                      >`
                }
              </div>`
        }
      </div>`
  }

  #step() {
    const { studio, language, draftId: id } = this
    switch (this.step) {
      case 'files':
        return html`<files-step .studio=${studio} .language=${language} .draftId=${id}></files-step>`
      case 'about':
        return html`<about-step .studio=${studio} .language=${language} .draftId=${id}></about-step>`
      case 'access':
        return html`<access-step .studio=${studio} .language=${language} .draftId=${id}></access-step>`
      case 'look':
        return html`<look-step .studio=${studio} .language=${language} .draftId=${id}></look-step>`
      case 'send':
        return html`<send-step .studio=${studio} .language=${language} .draftId=${id}></send-step>`
    }
  }
}
