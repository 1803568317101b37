import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { ArtistWorkView } from '../../../node/http/contracts/studio.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import '../../components/work-seal.ts'
import type { Draft } from '../model/draft.ts'
import { studioAddress } from '../model/studio-route.ts'
import { placesOf } from '../model/where-it-is.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'

/** The artist's works and drafts, and where each stands. */
@customElement('home-page')
export class HomePage extends StudioElement {
  @state() private lasts = true
  @state() private sureOf = ''

  static override styles = [
    shared,
    studioStyles,
    css`
      .rows > li {
        display: grid;
        grid-template-columns: 60px minmax(0, 1fr);
        gap: 4px 16px;
        align-items: center;
      }
      .rows > li > :not(:first-child) {
        grid-column: 2;
      }
      work-seal {
        grid-row: 1 / span 2;
        width: 60px;
        align-self: start;
      }
      .blank {
        grid-row: 1 / span 2;
        align-self: start;
        width: 60px;
        height: 60px;
        border: var(--line) dashed var(--soft);
      }
      .title {
        font: 700 1.25rem/1.15 var(--display);
        letter-spacing: -0.02em;
        overflow-wrap: anywhere;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: end;
        gap: 16px;
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.studio?.store.lasts().then((lasts) => {
      this.lasts = lasts
    })
  }

  protected override render() {
    const { studio, t } = this
    if (studio === undefined) return nothing
    const words = t.home
    const drafts = studio.drafts.filter(({ id }) => studio.senders.get(id)?.state.phase !== 'done')
    const works = studio.works ?? []
    return html`<div class="column">
      <div class="head">
        <h1>${words.title}</h1>
        <button class="pill full" type="button" @click=${this.#newWork}>${words.newWork}</button>
      </div>
      ${this.lasts ? nothing : html`<p class="note" role="status">${words.storageOff}</p>`}
      ${
        drafts.length === 0
          ? nothing
          : html`<section>
              <h2>${words.drafts}</h2>
              <p class="hint">${words.draftsHint}</p>
              <ul role="list" class="rows">
                ${drafts.map((draft) => this.#draft(draft))}
              </ul>
            </section>`
      }
      ${
        studio.works === undefined
          ? html`<p class="soft" role="status">${words.loading}</p>`
          : works.length === 0
            ? drafts.length === 0
              ? html`<p class="lead">${words.none}</p>`
              : nothing
            : html`<section>
                <h2>${words.works}</h2>
                <ul role="list" class="rows">
                  ${works.map((work) => this.#work(work))}
                </ul>
              </section>`
      }
    </div>`
  }

  #draft(draft: Draft) {
    const words = this.t.home
    const sender = this.studio?.senders.get(draft.id)?.state
    const percent = sender === undefined ? 0 : Math.floor((100 * sender.have) / Math.max(1, sender.total))
    const about =
      draft.signed === undefined
        ? words.files(draft.files.length)
        : sender?.phase === 'sending' || sender?.phase === 'waiting'
          ? words.sending(percent)
          : words.signed
    const step = draft.signed === undefined ? 'files' : 'send'
    return html`<li>
      ${
        draft.signed === undefined
          ? html`<span class="blank"></span>`
          : html`<work-seal .root=${draft.signed.root} .track=${draft.track || undefined}></work-seal>`
      }
      <p>
        <a class="title" href=${studioAddress({ page: 'draft', language: this.language, id: draft.id, step })}
          >${draft.title[this.language] || draft.title.nl || draft.title.en || words.untitled}</a
        ><br /><span class="soft">${about}</span>
      </p>
      <p>
        ${
          this.sureOf === draft.id
            ? html`${words.deleteSure}
                <button class="quiet" type="button" @click=${() => void this.studio?.deleteDraft(draft.id)}>
                  ${words.deleteDraft}
                </button>
                <button
                  class="quiet"
                  type="button"
                  @click=${() => {
                    this.sureOf = ''
                  }}
                >
                  ${this.t.cancel}
                </button>`
            : html`<button
                class="quiet"
                type="button"
                @click=${() => {
                  this.sureOf = draft.id
                }}
              >
                ${words.deleteDraft}
              </button>`
        }
      </p>
    </li>`
  }

  #work(work: ArtistWorkView) {
    const { t, language, studio } = this
    const words = t.home
    const current = work.versions.find(({ shown }) => shown) ?? work.versions[0]
    const places = placesOf(studio?.mesh, current?.root)
    const isGone = work.standing === 'withdrawn' || work.standing === 'removed'
    return html`<li>
      ${
        current === undefined || isGone
          ? html`<span class="blank"></span>`
          : html`<work-seal .root=${current.root} .track=${work.track}></work-seal>`
      }
      <p>
        <a class="title" href=${studioAddress({ page: 'work', language, slug: work.slug })}
          >${pickText(work.title, language) || work.slug}</a
        >
      </p>
      <p>
        ${words.standing[work.standing]}${
          work.standing === 'submitted' && current !== undefined
            ? html`, <span>${words.admitted(current.admittedBy.length, work.quorum)}</span>`
            : nothing
        }${
          work.standing === 'shown' && places.nodes > 0
            ? html` · <span class="soft">${words.onNodes(places.whole, places.nodes)}</span>`
            : nothing
        }
      </p>
    </li>`
  }

  readonly #newWork = (): void => {
    const draft = this.studio?.newDraft()
    if (draft !== undefined) this.go({ page: 'draft', language: this.language, id: draft.id, step: 'files' })
  }
}
