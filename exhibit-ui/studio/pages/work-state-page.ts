import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { fromString } from 'uint8arrays/from-string'
import { openRecord } from '../../../artworks/format/envelope.ts'
import { formatLimits } from '../../../artworks/format/limits.ts'
import { isKind } from '../../../artworks/format/records.ts'
import type { MeshHealthView } from '../../../node/http/contracts/tech.ts'
import type { ArtistWorkView } from '../../../node/http/contracts/studio.ts'
import { pickText } from '../../model/language.ts'
import { shared } from '../../styles/shared.ts'
import '../../components/work-seal.ts'
import { textPair } from '../fields.ts'
import { draftOfManifest } from '../model/draft-of-manifest.ts'
import type { Texts } from '../model/draft.ts'
import { studioAddress } from '../model/studio-route.ts'
import { placesOf } from '../model/where-it-is.ts'
import type { Place } from '../model/where-it-is.ts'
import { nodeClient } from '../send/node-client.ts'
import { StudioElement } from '../studio-element.ts'
import './version-list.ts'
import './withdrawal-receipts.ts'
import { studioStyles } from '../studio-styles.ts'

/** One work of the artist: its standing, its versions, where it is; a new version, and withdrawing it. */
@customElement('work-state-page')
export class WorkStatePage extends StudioElement {
  @property() slug = ''
  @state() private reason: Texts = { nl: '', en: '' }
  @state() private wrong = ''
  @state() private health: MeshHealthView | undefined
  #askedOf: unknown
  @query('dialog') private dialog!: HTMLDialogElement

  static override styles = [
    shared,
    studioStyles,
    css`
      .top {
        display: flex;
        gap: 20px;
        align-items: end;
      }
      .top > div {
        min-width: 0;
        flex: 1;
      }
      work-seal {
        flex: none;
        width: min(30vw, 140px);
      }
      .rows > li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 20px;
      }
      dialog {
        width: min(40rem, calc(100vw - 32px));
        padding: 24px;
        border: var(--line) solid var(--ink);
        background: var(--paper);
        color: var(--ink);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 55%);
      }
      dialog form {
        display: grid;
        gap: 20px;
      }
      .danger {
        background: var(--public-ai);
        border-color: var(--public-ai);
        color: var(--paper);
      }
    `,
  ]

  protected override updated(): void {
    // Asked anew each time the node had something new to say of the mesh.
    const of = this.studio?.mesh
    if (this.#askedOf === of) return
    this.#askedOf = of
    nodeClient.health().then(
      (health) => {
        this.health = health
      },
      () => {
        // Without causes the list says what it can.
      },
    )
  }

  protected override render() {
    const { studio, t, language, slug } = this
    const work = studio?.works?.find((one) => one.slug === slug)
    const home = studioAddress({ page: 'home', language })
    if (studio === undefined) return nothing
    if (work === undefined) {
      return html`<div class="column">
        <a href=${home}>← ${t.work.back}</a>
        <p role="status">${studio.works === undefined ? t.home.loading : t.work.unknown}</p>
      </div>`
    }
    const current = work.versions.find(({ shown }) => shown) ?? work.versions[0]
    const title = pickText(work.title, language) || slug
    const isGone = work.standing === 'withdrawn'
    return html`<div class="column">
        <a href=${home}>← ${t.work.back}</a>
        <div class="top">
          ${current === undefined || isGone ? nothing : html`<work-seal .root=${current.root} .track=${work.track}></work-seal>`}
          <div>
            <h1>${title}</h1>
            <p>
              ${t.home.standing[work.standing]}${
                work.standing === 'submitted' && current !== undefined
                  ? html`, ${t.home.admitted(current.admittedBy.length, work.quorum)}`
                  : nothing
              }
            </p>
          </div>
        </div>
        ${work.reasons.map((reason) => html`<p class="note">${t.work.reason}: ${pickText(reason, language)}</p>`)}
        ${(current?.declined ?? []).map(
          ({ name, reason }) =>
            html`<p class="note">
              ${t.work.declined(name)}${reason === undefined ? '.' : `: ${pickText(reason, language)}`}
            </p>`,
        )}
        <p role="alert" class=${this.wrong === '' ? 'hidden' : 'wrong'}>${this.wrong}</p>
        ${isGone ? this.#withdrawn() : this.#living(work)}
      </div>
      ${isGone ? nothing : this.#dialog(title)}`
  }

  #living(work: ArtistWorkView) {
    const { t, language, studio } = this
    const did = studio?.keys.owner?.did ?? ''
    const current = work.versions.find(({ shown }) => shown) ?? work.versions[0]
    const places = placesOf(studio?.mesh, current?.root, this.health)
    return html`<section>
        <h2>${t.work.where}</h2>
        ${
          work.standing === 'removed'
            ? html`<p class="hint">${t.work.removedText}</p>`
            : work.standing === 'submitted'
              ? html`<p class="hint">${t.work.waitingForCurators}</p>`
              : html`<p class="hint">${t.home.onNodes(places.whole, places.nodes)}. ${t.work.whereHint}</p>
                  <ul role="list" class="rows">
                    ${places.list.map((place) => html`<li><strong>${place.name}</strong><span>${this.#stateOf(place)}</span></li>`)}
                  </ul>`
        }
      </section>
      <section>
        <h2>${this.words.provenance.versions}</h2>
        <version-list .studio=${studio} .language=${language} .work=${work}></version-list>
      </section>
      <section class="actions">
        ${
          work.standing === 'removed'
            ? nothing
            : html`<button class="pill full" type="button" @click=${() => void this.#newVersion(work)}>
                ${t.work.newVersion}
              </button>`
        }
        ${
          work.standing === 'shown'
            ? html`<a class="pill" target="_blank" href="/${language}/works/${did}/${work.slug}"
                >${t.work.see}</a
              >`
            : nothing
        }
        <button class="pill" type="button" @click=${() => this.dialog.showModal()}>${t.work.withdraw}</button>
      </section>
      ${work.standing === 'removed' ? nothing : html`<p class="hint">${t.work.newVersionHint}</p>`}`
  }

  #stateOf({ state, share, cause, secondsLeft }: Place): string {
    const words = this.t.work
    const why =
      state === 'whole' || cause === undefined
        ? ''
        : `; ${words.causes[cause]}${secondsLeft === undefined ? '' : `, ${words.left(this.t.send.left(secondsLeft))}`}`
    return `${this.#heldOf(state, share)}${why}`
  }

  #heldOf(state: Place['state'], share: number): string {
    const words = this.t.work
    switch (state) {
      case 'whole':
        return words.has
      case 'part':
        return words.part(Math.floor(share * 100))
      case 'nothing':
        return words.nothing
      case 'not-said':
        return words.notSaid
      case 'not-heard':
        return words.notHeard
    }
  }

  #withdrawn() {
    return html`<p class="lead">${this.t.work.withdrawnText}</p>
      <withdrawal-receipts
        .studio=${this.studio}
        .language=${this.language}
        .slug=${this.slug}
      ></withdrawal-receipts>`
  }

  #dialog(title: string) {
    const { t } = this
    return html`<dialog aria-labelledby="withdraw-title">
      <form method="dialog" @submit=${(event: Event) => event.preventDefault()}>
        <h2 id="withdraw-title">${t.work.withdrawTitle}</h2>
        <p>${t.work.withdrawText}</p>
        ${textPair({
          id: 'reason',
          label: `${t.work.withdrawReason} (${t.optional})`,
          value: this.reason,
          max: formatLimits.reasonLength,
          rows: 'low',
          words: t,
          onInput: (reason) => {
            this.reason = reason
          },
        })}
        <div class="actions">
          <button class="pill" type="button" autofocus @click=${() => this.dialog.close()}>
            ${t.work.keep}
          </button>
          <button class="pill danger" type="button" @click=${() => void this.#withdraw()}>
            ${t.work.withdrawSure(title)}
          </button>
        </div>
      </form>
    </dialog>`
  }

  async #withdraw(): Promise<void> {
    const reason = Object.fromEntries(
      Object.entries(this.reason)
        .map(([language, text]) => [language, text.trim()])
        .filter(([, text]) => text !== ''),
    )
    this.dialog.close()
    try {
      await this.studio?.withdraw(this.slug, reason)
    } catch {
      // Nothing was withdrawn: the node did not answer, or the key was locked meanwhile.
      this.wrong = `${this.t.failed} ${this.t.away}`
    }
  }

  /** Prefilled from the version there is: read from its signed record, whose signature is checked. */
  async #newVersion(work: ArtistWorkView): Promise<void> {
    const newest = work.versions[0]
    if (newest === undefined || this.studio === undefined) return
    try {
      const { envelope } = await nodeClient.record(newest.manifest)
      const record = await openRecord(fromString(envelope.replace(/=+$/, ''), 'base64'))
      if (!isKind(record, 'artwork') || record.signer !== this.studio.keys.owner?.did)
        throw new Error('not ours')
      const draft = this.studio.newDraft(draftOfManifest(record.body))
      this.go({ page: 'draft', language: this.language, id: draft.id, step: 'files' })
    } catch {
      // No answer, or a record that is not what it says: the artist can try again, or start afresh.
      this.wrong = `${this.t.failed} ${this.t.away}`
    }
  }
}
