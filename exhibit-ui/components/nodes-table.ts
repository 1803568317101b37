import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { MeshNodeView } from '../../node/http/contract.ts'
import { meshMessages } from '../locales/mesh/messages.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** The nodes as a table; on a narrow screen a block a node, every figure with its name. */
@customElement('nodes-table')
export class NodesTable extends GalleryElement {
  @property({ attribute: false }) nodes: readonly MeshNodeView[] = []
  /** Of a work that is followed: node id to share held, a node that has not said absent. */
  @property({ attribute: false }) held: Readonly<Record<string, number>> | undefined

  static override styles = [
    shared,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 12px 24px 12px 0;
        text-align: left;
        vertical-align: baseline;
        border-top: var(--faint);
      }
      thead th {
        border-top: 0;
        padding-top: 0;
        color: var(--soft);
        font-weight: 400;
      }
      tbody th {
        font: 650 1.125rem/1.3 var(--display);
      }
      .place {
        display: block;
        color: var(--soft);
        font: 400 1rem/1.4 var(--text);
      }
      th:last-child,
      td:last-child {
        padding-right: 0;
      }
      .name {
        display: none;
      }
      @media (max-width: 699px) {
        thead {
          position: absolute;
          clip-path: inset(50%);
          width: 1px;
          height: 1px;
          overflow: hidden;
        }
        table,
        tbody,
        tr,
        th,
        td {
          display: block;
        }
        tr {
          padding-block: 14px;
          border-top: var(--faint);
        }
        th,
        td {
          padding: 2px 0;
          border: 0;
        }
        td {
          display: flex;
          justify-content: space-between;
          gap: 16px;
          text-align: right;
        }
        .name {
          display: inline;
          color: var(--soft);
        }
      }
    `,
  ]

  protected override render() {
    const words = this.words.mesh
    const followed = this.held === undefined ? undefined : meshMessages[this.language].thisWork
    // The roles are said because a table that is laid out as blocks loses them in some browsers.
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${words.node}</th>
          <th role="columnheader" scope="col">${words.state}</th>
          <th role="columnheader" scope="col">${words.complete}</th>
          <th role="columnheader" scope="col">${words.rtt}</th>
          ${followed === undefined ? nothing : html`<th role="columnheader" scope="col">${followed}</th>`}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.nodes.map((node) => {
          const silent =
            node.silentSeconds !== undefined && (node.state === 'late' || node.state === 'lost')
              ? `, ${words.silent(node.silentSeconds)}`
              : ''
          return html`<tr role="row">
            <th role="rowheader" scope="row">
              ${node.name}${node.place === undefined ? '' : html`<span class="place">${this.say(node.place)}</span>`}
            </th>
            ${this.#cell(words.state, `${words.states[node.state]}${silent}`)}
            ${this.#cell(
              words.complete,
              node.works === undefined ? words.notSaid : words.ofTotal(node.works.complete, node.works.total),
            )}
            ${this.#cell(words.rtt, node.rttMs === undefined ? '–' : words.rttValue(node.rttMs))}
            ${followed === undefined ? nothing : this.#cell(followed, this.#share(node.id))}
          </tr>`
        })}
      </tbody>
    </table>`
  }

  #share(node: string): string {
    const words = this.words.mesh
    const share = this.held?.[node]
    if (share === undefined) return words.notSaid
    // Rounded down: 100 percent is said of a complete work only.
    return share >= 1 ? words.all : share <= 0 ? words.none : words.share(Math.floor(share * 100))
  }

  #cell(name: string, value: string) {
    return html`<td role="cell">
      <span class="name" aria-hidden="true">${name}</span><span>${value}</span>
    </td>`
  }
}
