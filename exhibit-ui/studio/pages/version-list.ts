import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArtistVersionView, ArtistWorkView } from '../../../node/http/contracts/studio.ts'
import { claimedDay } from '../../model/format.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import { waitsBehindShown } from '../model/waits-behind-shown.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'

/** The versions of a work, newest first: which is on show, and what curators say of one that is to take its place. */
@customElement('version-list')
export class VersionList extends StudioElement {
  @property({ attribute: false }) work: ArtistWorkView | undefined

  static override styles = [
    shared,
    studioStyles,
    css`
      :host {
        display: block;
      }
      .rows > li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 20px;
      }
      .said {
        flex-basis: 100%;
        overflow-wrap: anywhere;
      }
    `,
  ]

  protected override render() {
    const { work } = this
    if (work === undefined) return nothing
    return html`<ul role="list" class="rows">
      ${work.versions.map((version) => this.#version(work, version))}
    </ul>`
  }

  #version(work: ArtistWorkView, version: ArtistVersionView) {
    const { t, language } = this
    const { sequence, shown, claimed, admittedBy, declined } = version
    const waits = waitsBehindShown(work, version)
    return html`<li>
      <span>${t.work.version(sequence)}${shown ? html`, <strong>${t.work.shownNow}</strong>` : nothing}</span>
      <span class="soft"
        >${claimed === undefined ? nothing : t.work.claimed(claimedDay(claimed, language))}</span
      >
      ${
        waits
          ? html`<span class="said" data-waits
              >${t.home.standing.submitted}, ${t.home.admitted(admittedBy.length, work.quorum)}</span
            >`
          : nothing
      }
      ${
        waits
          ? declined.map(
              ({ name, reason }) =>
                html`<span class="said note"
                  >${t.work.declined(name)}${reason === undefined ? '.' : `: ${pickText(reason, language)}`}</span
                >`,
            )
          : nothing
      }
    </li>`
  }
}
