import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { MeshHealthView, NodeHealthView, TechNodeView } from '../../node/http/contracts/tech.ts'
import { shared } from '../styles/shared.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

/** Every node with the figures that matter; one of them opened shows all that it said. */
@customElement('node-list')
export class NodeList extends TechElement {
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  @state() private open = ''

  static override styles = [
    shared,
    techStyles,
    css`
      button {
        min-height: 44px;
        padding: 0 10px;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-decoration: underline;
        text-underline-offset: 0.28em;
        cursor: pointer;
      }
      td {
        white-space: nowrap;
      }
      td[colspan],
      .state {
        white-space: normal;
      }
      th,
      td {
        padding-right: 12px;
      }
      .time {
        white-space: nowrap;
      }
      .place {
        display: block;
        color: var(--soft);
        font: 400 1rem/1.3 var(--text);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr));
        gap: 10px 20px;
        padding: 4px 0 12px;
      }
      dl .whole {
        grid-column: 1 / -1;
      }
      dt {
        color: var(--soft);
      }
      .mark {
        display: inline-block;
        background: var(--sun);
        color: #161410;
        padding: 0 6px;
        white-space: nowrap;
      }
      @media (max-width: 699px) {
        .wide {
          display: none;
        }
        th,
        td {
          padding-right: 8px;
        }
      }
    `,
  ]

  protected override render() {
    const { words, view } = this
    if (view === undefined) return nothing
    return html`<h2>${words.nodes}</h2>
      <div class="scroll" tabindex="0" role="group" aria-label=${words.nodes}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.node}</th>
              <th scope="col">${words.state}</th>
              <th scope="col">${words.works}</th>
              <th scope="col" class="wide">${words.load}</th>
              <th scope="col" class="wide">${words.temperature}</th>
              <th scope="col" class="wide">${words.disk}</th>
              <th scope="col" class="wide">${words.phones}</th>
              <th scope="col"><span class="hidden">${words.details}</span></th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              view.nodes,
              ({ id }) => id,
              (node) => this.#row(node),
            )}
          </tbody>
        </table>
      </div>`
  }

  #row(node: TechNodeView) {
    const { words } = this
    const { id, state: standing, health, works } = node
    const isOpen = this.open === id
    const isSilent = standing === 'late' || standing === 'lost'
    const silent =
      isSilent && node.silentSeconds !== undefined
        ? html`, <span class="time">${this.time(node.silentSeconds)}</span>`
        : nothing
    return html`<tr>
        <th scope="row">
          ${this.names.get(id)}
          ${health?.identify === true ? html`<span class="mark">${words.identifying}</span>` : nothing}
          ${node.place === undefined ? nothing : html`<span class="place">${this.text(node.place)}</span>`}
        </th>
        <td class=${isSilent ? 'state bad' : 'state'}>
          ${words.states[standing]}${silent}${node.granted ? '' : `, ${words.notGranted}`}${health?.draining === true ? `, ${words.draining}` : ''}
        </td>
        <td>
          ${
            works === undefined
              ? words.unknown
              : html`<span aria-hidden="true">${works.complete}/${works.total}</span
                  ><span class="hidden">${words.ofTotal(works.complete, works.total)}</span>`
          }
        </td>
        <td class="wide">${health === undefined ? '–' : health.load.toFixed(1)}</td>
        <td class="wide">${health?.temperature === undefined ? '–' : words.degrees(health.temperature)}</td>
        <td class="wide">${health === undefined ? '–' : this.#size(health.disk.freeMiB)}</td>
        <td class="wide">${health?.clients ?? '–'}</td>
        <td>
          <button
            type="button"
            aria-expanded=${isOpen ? 'true' : 'false'}
            aria-label="${isOpen ? words.close : words.details}: ${this.names.get(id) ?? ''}"
            @click=${() => {
              this.open = isOpen ? '' : id
            }}
          >
            ${isOpen ? words.close : words.details}
          </button>
        </td>
      </tr>
      ${
        isOpen
          ? html`<tr>
              <td colspan="8">${this.#details(node)}</td>
            </tr>`
          : nothing
      }`
  }

  #details({ id, health, version, sameRecords, clockAheadSeconds }: TechNodeView) {
    const { words } = this
    const records =
      sameRecords === undefined ? undefined : sameRecords ? words.sameRecords : words.otherRecords
    const facts: [string, string | undefined][] = [
      [words.version, version],
      [words.records, records],
      [words.clockAhead, clockAheadSeconds === undefined ? undefined : words.ahead(clockAheadSeconds)],
      ...(health === undefined ? [] : this.#figures(health)),
    ]
    const links = this.#links(id)
    return html`<dl>
      ${facts.map(([name, value]) =>
        value === undefined
          ? nothing
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
      ${
        links === ''
          ? nothing
          : html`<div class="whole">
              <dt>${words.linksOf}</dt>
              <dd>${links}</dd>
            </div>`
      }
    </dl>`
  }

  /** With whom, and how well. */
  #links(id: string): string {
    const { words } = this
    const links = (this.view?.links ?? []).filter(({ a, b }) => a === id || b === id)
    return links
      .map(({ a, b, quality, rttMs }) => {
        const name = this.names.get(a === id ? b : a) ?? ''
        return `${name} (${words.qualities[quality]}${rttMs === undefined ? '' : `, ${Math.round(rttMs)} ms`})`
      })
      .join(', ')
  }

  #figures(health: NodeHealthView): [string, string | undefined][] {
    const { words, language } = this
    const clock = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' })
    return [
      [words.uptime, this.time(health.uptimeSeconds)],
      [words.load, health.load.toFixed(2)],
      [
        words.memory,
        words.partOf(this.#size(health.memory.availableMiB), this.#size(health.memory.totalMiB)),
      ],
      [words.temperature, health.temperature === undefined ? undefined : words.degrees(health.temperature)],
      [words.power, this.#power(health.throttled)],
      [words.disk, this.#size(health.disk.freeMiB)],
      [words.written, this.#size(health.disk.writtenMiB)],
      [words.cardErrors, String(health.disk.errors)],
      [words.damaged, String(health.damagedChunks)],
      [words.strangers, String(health.strangers)],
      [words.liars, String(health.liars)],
      [words.droppedStatuses, String(health.droppedStatuses)],
      [words.phones, health.clients],
      [words.clock, clock.format(new Date(health.clock * 1000))],
      [words.batman, health.batman === undefined ? undefined : health.batman.join(' ')],
    ]
  }

  /** Of `get_throttled`: bits 0 to 3 are about now, those from 16 on about some time since the start. */
  #power(throttled: number | undefined): string | undefined {
    const { words } = this
    if (throttled === undefined) return undefined
    if ((throttled & 0xf) !== 0) return words.powerNow
    return throttled === 0 ? words.powerWell : words.powerOnce
  }

  #size(mib: number): string {
    return mib < 1024 ? `${mib} MiB` : `${(mib / 1024).toFixed(1)} GiB`
  }
}
