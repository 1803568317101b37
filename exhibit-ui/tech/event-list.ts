import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { AlertKindView, MeshHealthView } from '../../node/http/contracts/tech.ts'
import type { TechMessages } from '../locales/tech/nl.ts'
import { shared } from '../styles/shared.ts'
import type { TimelineEntry } from './model/timeline.ts'
import { saidText } from './model/said.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

const SHOWN = 80

/** What happened since this node started, newest first; and who was turned away. */
@customElement('event-list')
export class EventList extends TechElement {
  @property({ attribute: false }) timeline: readonly TimelineEntry[] = []
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) kinds: ReadonlyMap<string, AlertKindView> = new Map()
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()

  static override styles = [
    shared,
    techStyles,
    css`
      ol {
        list-style: none;
        max-height: 26rem;
        overflow-y: auto;
      }
      li {
        display: grid;
        grid-template-columns: 5.5rem 1fr;
        gap: 12px;
        padding: 6px 0;
        border-top: var(--faint);
      }
      .when {
        color: var(--soft);
        font-variant-numeric: tabular-nums;
      }
    `,
  ]

  protected override render() {
    const { words, view } = this
    const incidents = view?.incidents ?? []
    return html`<h2>${words.timeline}</h2>
      ${
        this.timeline.length === 0
          ? html`<p class="soft">${words.nothingYet}</p>`
          : html`<ol tabindex="0" aria-label=${words.timeline}>
              ${repeat(
                this.timeline.slice(0, SHOWN),
                ({ id }) => id,
                (event) =>
                  html`<li>
                    <span class="when"
                      >${this.time(Math.max(0, Math.round((performance.now() - event.atMs) / 1000)))}</span
                    >
                    <span>${this.#said(event)}</span>
                  </li>`,
              )}
            </ol>`
      }
      ${
        incidents.length === 0
          ? nothing
          : html`<h2>${words.incidents}</h2>
              <ul role="list">
                ${incidents.map(
                  ({ peer, name, reason, count }) =>
                    html`<li>
                      <span class="when">${words.times(count)}</span>
                      <span
                        >${name ?? `…${peer.slice(-8)}`}:
                        ${isReason(reason, words) ? words.reasons[reason] : reason}</span
                      >
                    </li>`,
                )}
              </ul>`
      }`
  }

  #said({ kind, what = '', node = '', done, detail }: TimelineEntry) {
    const { words, language } = this
    const name = this.names.get(node) ?? ''
    if (kind === 'alert-raised' || kind === 'alert-cleared') {
      const title = this.kinds.get(what)?.title[language] ?? what
      return html`<b>${name}</b> ${title}: ${words.events[kind]}`
    }
    if (kind === 'action') {
      const action = isAction(what, words) ? words.actions[what] : what
      return html`<b>${name}</b> ${action}${done === false ? ` (${words.notDone})` : ''}${
          detail === undefined
            ? ''
            : html`: ${saidText(detail, words.said) ?? html`<span lang="en">${detail}</span>`}`
        }`
    }
    return html`<b>${name}</b> ${isEvent(kind, words) ? words.events[kind] : kind}`
  }
}

function isReason(text: string, { reasons }: TechMessages): text is keyof TechMessages['reasons'] {
  return Object.hasOwn(reasons, text)
}
function isAction(text: string, { actions }: TechMessages): text is keyof TechMessages['actions'] {
  return Object.hasOwn(actions, text)
}
function isEvent(text: string, { events }: TechMessages): text is keyof TechMessages['events'] {
  return Object.hasOwn(events, text)
}
