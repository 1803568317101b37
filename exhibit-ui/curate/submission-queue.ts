import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { SubmissionView } from '../../node/http/contracts/curate.ts'
import '../components/work-seal.ts'
import { bytesText } from '../model/format.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { CurateElement } from './curate-element.ts'
import { addressOfWork } from './curate-route.ts'

/** What waits, each with how many admit it so far. */
@customElement('submission-queue')
export class SubmissionQueue extends CurateElement {
  @property({ attribute: false }) submissions: readonly SubmissionView[] = []
  @property({ type: Number }) quorum = 0
  /** The curator whose key is open. */
  @property() me = ''

  static override styles = [
    shared,
    trackInks,
    css`
      .heading {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: baseline;
        gap: 4px 20px;
      }
      h2 {
        font-size: 1.75rem;
      }
      ul {
        margin-top: 14px;
        border-top: var(--hairline);
      }
      li {
        border-bottom: var(--hairline);
      }
      a {
        display: grid;
        grid-template-columns: 64px minmax(0, 1fr);
        gap: 4px 18px;
        align-items: start;
        padding: 18px 0;
        text-decoration: none;
      }
      a:hover h3 {
        text-decoration: underline;
        text-decoration-thickness: 2px;
        text-underline-offset: 0.14em;
      }
      h3 {
        font-size: 1.375rem;
        color: var(--track);
      }
      .facts {
        margin-top: 6px;
      }
      .count {
        font-weight: 650;
      }
      .empty {
        margin-top: 18px;
        max-width: 36rem;
      }
      @media (min-width: 760px) {
        a {
          grid-template-columns: 64px minmax(0, 1fr) auto;
        }
      }
      @media (max-width: 759px) {
        .count {
          grid-column: 2;
        }
      }
    `,
  ]

  protected override render() {
    const words = this.says.queue
    const { submissions } = this
    return html`<div class="heading">
        <h2>${words.heading}</h2>
        <p class="soft" role="status">${words.count(submissions.length)}</p>
      </div>
      ${
        submissions.length === 0
          ? html`<div class="empty">
              <p>${words.empty}</p>
              <p class="soft">${words.emptyMore}</p>
            </div>`
          : html`<ul role="list">
              ${submissions.map((one) => this.#entry(one))}
            </ul>`
      }`
  }

  #entry(submission: SubmissionView) {
    const words = this.says.queue
    const newest = submission.waiting[0]
    if (newest === undefined) return nothing
    const isNewVersion = submission.shown !== null
    const mine = submission.decisions.find(
      ({ curator, manifest, counts }) =>
        counts && curator.did === this.me && (manifest === null || manifest === newest.manifest),
    )
    return html`<li data-track=${newest.track}>
      <a href=${addressOfWork(this.language, submission)}>
        <work-seal .root=${newest.root} .track=${newest.track}></work-seal>
        <div>
          <h3>${this.say(newest.title)}</h3>
          <p class="facts">
            ${newest.maker} · ${this.words.media[newest.medium]} · ${bytesText(newest.size, this.language)}
          </p>
          <p class="soft">
            ${isNewVersion ? words.newVersion(newest.sequence) : words.firstVersion(newest.sequence)}${
              newest.intake === null || newest.intake.name === ''
                ? nothing
                : html`, ${words.broughtIn(newest.intake.name)}`
            }
          </p>
          ${mine === undefined ? nothing : html`<p>${words.yours[mine.kind]}</p>`}
        </div>
        <p class="count">${words.admitted(newest.admittedBy.length, this.quorum)}</p>
      </a>
    </li>`
  }
}
