import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import { bytesText, claimedDay, groupsOfFour, listText } from '../model/format.ts'
import { pickText } from '../model/language.ts'
import { addressOf } from '../model/route.ts'
import { fullCells } from '../../artworks/format/seal.ts'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'
import './work-seal.ts'

/** Who signed, who admitted, where it is: beside the seal. The key and the versions are one step further. */
@customElement('provenance-line')
export class ProvenanceLine extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @property({ attribute: false }) spread: { complete: number; nodes: number } | undefined
  @property() intakeName = ''
  /** From the address of the page: what the visitor came with, against which the node is checked. */
  @property() artist = ''
  @property() slug = ''
  @state() private checking = false
  @state() private looking = false

  static override styles = [
    shared,
    css`
      .line {
        display: grid;
        grid-template-columns: 78px minmax(0, 1fr);
        gap: 18px;
        align-items: start;
        max-width: 36rem;
      }
      .check {
        margin-top: 16px;
      }
      details {
        margin-top: 8px;
      }
      dl {
        display: grid;
        gap: 14px;
        max-width: 36rem;
        padding-block: 8px 4px;
      }
      dt {
        color: var(--soft);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .key {
        font-variant-numeric: tabular-nums;
        font-weight: 550;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('artist') || changed.has('slug')) this.checking = false
  }

  /** Its code comes when a visitor asks for it: signatures and hashes are no part of looking at art. */
  readonly #check = async (): Promise<void> => {
    await import('../check/work-check.ts')
    this.checking = true
  }

  readonly #look = async (): Promise<void> => {
    await import('../check/content-credentials.ts')
    this.looking = true
  }

  protected override render() {
    const work = this.work
    if (work === undefined) return nothing
    const words = this.words.provenance
    const seal = this.words.seal
    const { progress } = work
    const title = pickText(work.title, this.language)
    const admitted = work.provenance.admittedBy.map((curator) => curator.name)
    return html`<section aria-label=${words.heading}>
      <div class="line">
        <work-seal
          .root=${work.root}
          .track=${work.track}
          .cells=${progress.complete ? fullCells : progress.cells}
          .label=${progress.complete ? seal.of(title) : seal.forming(title, progress.have, progress.total)}
        ></work-seal>
        <p>
          ${words.signed}
          ${admitted.length === 0 ? nothing : words.admitted(listText(admitted, this.language))}
          ${
            this.spread === undefined
              ? nothing
              : html`<a
                  href=${addressOf({ page: 'mesh', language: this.language, work: { artist: work.artist, slug: work.slug } })}
                  >${words.spread(this.spread.complete, this.spread.nodes)}</a
                >`
          }
        </p>
      </div>
      <div class="check">
        ${
          this.checking
            ? html`<work-check
                .language=${this.language}
                .work=${work}
                .artist=${this.artist}
                .slug=${this.slug}
                @check-closed=${() => {
                  this.checking = false
                }}
              ></work-check>`
            : html`<button class="pill" type="button" @click=${this.#check}>${words.check}</button>`
        }
      </div>
      <details @toggle=${this.#look}>
        <summary>${words.more}</summary>
        ${this.#details(work)}
        ${
          this.looking
            ? html`<content-credentials .language=${this.language} .work=${work}></content-credentials>`
            : nothing
        }
      </details>
    </section>`
  }

  #details(work: ArtworkDetail) {
    const words = this.words.provenance
    return html`<dl>
      <div>
        <dt>${words.fingerprint}</dt>
        <dd class="key">${groupsOfFour(work.provenance.fingerprint)}</dd>
        <dd class="soft">${words.fingerprintHint}</dd>
      </div>
      ${
        this.intakeName === ''
          ? nothing
          : html`<div>
              <dt>${words.intake}</dt>
              <dd>${this.intakeName}</dd>
            </div>`
      }
      <div>
        <dt>${words.versions}</dt>
        ${work.versions.map(
          (version) =>
            html`<dd>
              ${words.version(version.sequence)}${
                version.claimed === undefined
                  ? nothing
                  : html`, ${words.claimed(claimedDay(version.claimed, this.language))}`
              }${version.shown ? html` (${words.shown})` : nothing}
            </dd>`,
        )}
      </div>
      <div>
        <dt>${words.size}</dt>
        <dd>${bytesText(work.size, this.language)}</dd>
      </div>
      <div>
        <dt>${words.root}</dt>
        <dd>${work.root}</dd>
      </div>
    </dl>`
  }
}
