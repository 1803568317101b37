import { fingerprint } from '../../../../artworks/format/did-key.ts'
import type { TrackId } from '../../../../artworks/format/records.ts'
import type { ArtworkSummary, ExhibitionView } from '../../contract.ts'
import { liteAddress } from '../address.ts'
import { between } from '../frame.ts'
import { html } from '../html.ts'
import type { Html } from '../html.ts'
import { say, sayParagraphs } from '../language.ts'
import type { Language } from '../language.ts'
import { partLinks, partOf, workList } from '../work-list.ts'
import { liteWords } from '../words.ts'

/** Of each track on the first page: all of it is to be read in one go. */
const FIRST_OF_TRACK = 3
const WORKS_IN_PART = 24
const ARTISTS_IN_PART = 60

export function welcomeMain(
  exhibition: ExhibitionView,
  works: readonly ArtworkSummary[],
  language: Language,
): Html {
  const words = liteWords[language]
  return html`<h1>${say(exhibition.title, language)}</h1>
    ${sayParagraphs(exhibition.statement, language)}
    <p>
      <a class="button full" href="${liteAddress(language, { page: 'works', part: 1 })}"
        >${words.allWorks} (${exhibition.works})</a
      >
    </p>
    ${exhibition.tracks
      .filter(({ works: count }) => count > 0)
      .map(
        ({ id, works: count }) =>
          html`<h2>
              <a
                class="${id}"
                lang="en"
                href="${liteAddress(language, { page: 'works', part: 1, track: id })}"
                >${words.tracks[id]}</a
              >
              <small>${words.count(count)}</small>
            </h2>
            ${workList(works.filter(({ track }) => track === id).slice(0, FIRST_OF_TRACK), language, 3)} `,
      )}${works.length === 0 && html`<p>${words.empty}</p>`}`
}

export function worksMain(
  works: readonly ArtworkSummary[],
  { track, part: wanted }: { track?: TrackId; part: number },
  language: Language,
): Html {
  const words = liteWords[language]
  const chosen = track === undefined ? works : works.filter((work) => work.track === track)
  const { items, part, parts } = partOf(chosen, wanted, WORKS_IN_PART)
  const all = html`<a
    href="${liteAddress(language, { page: 'works', part: 1 })}"
    ${track === undefined && html` class="now" aria-current="true"`}
    >${words.allTracks}</a
  > `
  const tracks = Object.entries(words.tracks) as [TrackId, string][]
  const links = partLinks(language, part, parts, (target) => ({
    page: 'works',
    part: target,
    ...(track === undefined ? {} : { track }),
  }))
  return html`<h1>${words.works}</h1>
    <nav class="tracks" aria-label="${words.byTrack}">
      ${all}${tracks.map(
        ([id, name]) =>
          html`${between}<a
              class="${id}${id === track && ' now'}"
              lang="en"
              href="${liteAddress(language, { page: 'works', part: 1, track: id })}"
              ${id === track && html` aria-current="true"`}
              >${name}</a
            > `,
      )}
    </nav>
    <p class="soft">${words.count(chosen.length)}</p>
    ${items.length === 0 ? html`<p>${words.empty}</p>` : workList(items, language, 2)} ${links}`
}

export function artistsMain(works: readonly ArtworkSummary[], wanted: number, language: Language): Html {
  const words = liteWords[language]
  const { items, part, parts } = partOf(artistsOf(works), wanted, ARTISTS_IN_PART)
  return html`<h1>${words.artists}</h1>
    ${
      items.length === 0
        ? html`<p>${words.artist.empty}</p>`
        : html`<ul>
            ${items.map(
              ({ did, name, count }) =>
                html`<li>
                  <a href="${liteAddress(language, { page: 'artist', artist: did, part: 1 })}">${name}</a>
                  <small>${words.artist.works(count)}</small>
                </li> `,
            )}
          </ul>`
    }
    ${partLinks(language, part, parts, (target) => ({ page: 'artists', part: target }))}`
}

/** @returns null for an artist of whom nothing is shown */
export function artistMain(
  works: readonly ArtworkSummary[],
  did: string,
  wanted: number,
  language: Language,
): { readonly name: string; readonly main: Html } | null {
  const words = liteWords[language]
  const theirs = works.filter(({ artist }) => artist === did)
  const [first] = theirs
  if (first === undefined) return null
  const { items, part, parts } = partOf(theirs, wanted, WORKS_IN_PART)
  return {
    name: first.maker,
    main: html`<h1>${first.maker}</h1>
      <dl>
        <dt>${words.artist.fingerprint}</dt>
        <dd><code>${fingerprint(first.artist)}</code></dd>
        <dt>${words.artist.key}</dt>
        <dd><code>${did}</code></dd>
      </dl>
      ${workList(items, language, 2)}
      ${partLinks(language, part, parts, (target) => ({ page: 'artist', artist: did, part: target }))}`,
  }
}

function artistsOf(works: readonly ArtworkSummary[]): { did: string; name: string; count: number }[] {
  const artists = new Map<string, { did: string; name: string; count: number }>()
  for (const { artist, maker } of works) {
    const known = artists.get(artist)
    if (known === undefined) artists.set(artist, { did: artist, name: maker, count: 1 })
    else known.count += 1
  }
  return [...artists.values()].sort((a, b) => byName.compare(a.name, b.name))
}

const byName = new Intl.Collator('nl', { numeric: true })
