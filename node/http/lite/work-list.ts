import type { ArtworkSummary } from '../contract.ts'
import { liteAddress } from './address.ts'
import type { LitePlace } from './address.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { say } from './language.ts'
import type { Language } from './language.ts'
import { renditionPath } from './rendition-path.ts'
import { liteWords } from './words.ts'

/** Whether the picture of a work may be shown before the visitor has been asked: it can hold the very thing that is warned of. */
export function showsPoster({ warnings }: Pick<ArtworkSummary, 'warnings'>): boolean {
  return warnings.every(({ kind }) => kind === 'sound')
}

/** @param heading rank of the titles */
export function workList(works: readonly ArtworkSummary[], language: Language, heading: 2 | 3): Html {
  return html`<ul class="plain">
    ${works.map((work) => item(work, language, heading))}
  </ul>`
}

function item(work: ArtworkSummary, language: Language, heading: 2 | 3): Html {
  const words = liteWords[language]
  const { artist, slug, poster, progress } = work
  const address = liteAddress(language, { page: 'work', artist, slug, agreed: false })
  const link = html`<a href="${address}">${say(work.title, language)}</a>`
  // A work without a picture of its own, or with one that is not here or not to be shown unasked, has its seal.
  const picture =
    progress.complete && poster !== undefined && showsPoster(work)
      ? renditionPath(poster.url, 320)
      : `/seals/${work.root}/seal.svg`
  return html`<li class="work">
    <img src="${picture}" alt="" width="110" height="83" loading="lazy" />
    <div class="said">
      ${heading === 2 ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`} ${work.maker}<br /><span
        class="${work.track}"
        lang="en"
        >${words.tracks[work.track]}</span
      >
      ·
      ${words.media[work.medium]}${
        !progress.complete && html`<br /><small>${words.arriving(progress.have, progress.total)}</small>`
      }
    </div>
  </li> `
}

/** Ways to the other parts of a long list. */
export function partLinks(
  language: Language,
  part: number,
  parts: number,
  placeOf: (part: number) => LitePlace,
): Html | null {
  if (parts <= 1) return null
  const words = liteWords[language]
  const link = (target: number, rel: 'prev' | 'next', text: string): Html =>
    html`<a href="${liteAddress(language, placeOf(target))}" rel="${rel}">${text}</a> `
  return html`<p>
    ${part > 1 && link(part - 1, 'prev', words.previousPart)}${words.pages(part, parts)}
    ${part < parts && link(part + 1, 'next', words.nextPart)}
  </p>`
}

export interface Part<T> {
  readonly items: readonly T[]
  readonly part: number
  readonly parts: number
}

/** A part beyond the last is the last. */
export function partOf<T>(all: readonly T[], wanted: number, size: number): Part<T> {
  const parts = Math.max(1, Math.ceil(all.length / size))
  const part = Math.min(wanted, parts)
  return { items: all.slice((part - 1) * size, part * size), part, parts }
}
