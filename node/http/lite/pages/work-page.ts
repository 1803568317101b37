import { licenceName } from '../../../../artworks/format/licence-name.ts'
import type { ArtworkDetail, ArtworkSummary, Medium, MeshWorkView } from '../../contract.ts'
import { liteAddress } from '../address.ts'
import { html } from '../html.ts'
import type { Html } from '../html.ts'
import { pickText, say, sayParagraphs } from '../language.ts'
import type { Language } from '../language.ts'
import { workMedia } from '../work-media.ts'
import { liteWords } from '../words.ts'

/** SPDX expressions that let a visitor keep and share a copy. */
const FREE_TO_SHARE = /^(?:CC0-1\.0|CC-BY(?:-(?:NC|SA|ND))*-\d\.\d|LAL-1\.3|PDM-1\.0)$/i

/** Works that are one file to keep; publications and models have a download of their own. */
const ONE_FILE: ReadonlySet<Medium> = new Set(['image', 'audio', 'video', 'text'])

export interface WorkFacts {
  readonly work: ArtworkDetail
  /** The visitor has agreed to see what the maker warns of. */
  readonly agreed: boolean
  readonly text: Html | null
  readonly before: ArtworkSummary | undefined
  readonly after: ArtworkSummary | undefined
  readonly held: MeshWorkView['held']
}

export function workMain(facts: WorkFacts, language: Language): Html {
  const { work } = facts
  const words = liteWords[language]
  return html`<h1>${say(work.title, language)}</h1>
    <p>
      <a href="${liteAddress(language, { page: 'artist', artist: work.artist, part: 1 })}">${work.maker}</a>${
        work.year !== undefined && html`, ${work.year}`
      }<br /><span class="soft"
        >${words.media[work.medium]}${
          work.technique !== undefined && html`: ${say(work.technique, language)}`
        }
        · </span
      ><a
        class="${work.track}"
        lang="en"
        href="${liteAddress(language, { page: 'works', part: 1, track: work.track })}"
        >${words.tracks[work.track]}</a
      >
    </p>
    ${art(facts, language)} ${sayParagraphs(work.statement, language)}
    ${transcript(work, language)}${label(facts, language)} ${neighbours(facts, language)}`
}

function art({ work, agreed, text }: WorkFacts, language: Language): Html {
  const words = liteWords[language]
  const { progress } = work
  const warnings = work.warnings.map(({ kind, text: said }) => {
    const more = said === undefined ? '' : `: ${pickText(said, language)}`
    return `${words.work.warnings[kind]}${more}`
  })
  const notice =
    warnings.length > 0 && html`<p class="notice"><b>${words.work.warning}</b> ${warnings.join('; ')}</p>`
  // What other nodes keep is read through them as it is shown.
  if (!progress.complete && progress.cause !== 'elsewhere') {
    const cause = progress.cause === undefined ? '' : words.causes[progress.cause]
    return html`${notice}
      <p class="notice">${words.arriving(progress.have, progress.total)} ${cause} ${words.arrivingMore}</p>`
  }
  // Sound is heard only when the visitor starts it; for anything else that is warned of, they are asked first.
  if (!agreed && work.warnings.some(({ kind }) => kind !== 'sound')) {
    const address = liteAddress(language, {
      page: 'work',
      artist: work.artist,
      slug: work.slug,
      agreed: false,
    })
    return html`${notice}
      <p><a class="button full" href="${address}?show=1" rel="nofollow">${words.work.show}</a></p>`
  }
  return html`${notice}${workMedia(work, language, text)}`
}

function transcript({ transcript: said }: ArtworkDetail, language: Language): Html | null {
  if (said === undefined) return null
  return html`<details>
    <summary>${liteWords[language].work.transcript}</summary>
    ${sayParagraphs(said, language)}
  </details> `
}

function label({ work, held }: WorkFacts, language: Language): Html {
  const words = liteWords[language].work
  const { provenance, credits } = work
  const nodes = Object.keys(held).length
  const complete = Object.values(held).filter((share) => share >= 1).length
  const free = ONE_FILE.has(work.medium) && FREE_TO_SHARE.test(work.licence) && work.progress.complete
  const admitted = provenance.admittedBy.map(({ name }) => name).filter((name) => name !== '')
  return html`<dl>
    <dt>${words.described}</dt>
    <dd>${say(work.alt, language)}</dd>
    ${
      credits.length > 0 &&
      html`<dt>${words.credits}</dt>
        <dd>
          ${credits.map(
            ({ name, role }, i) =>
              html`${i > 0 && ', '}${name}${role !== undefined && html` (${say(role, language)})`}`,
          )}
        </dd> `
    }
    <dt>${words.licence}</dt>
    <dd>${licenceName(work.licence)}</dd>
    <dt>${words.provenance}</dt>
    <dd class="clear">
      <img class="seal" src="/seals/${work.root}/seal.svg" alt="${words.seal}" width="110" height="83" />
      ${words.signed} <code class="key">${provenance.fingerprint}</code>.
      ${admitted.length > 0 && words.admitted(admitted.join(', '))}
      ${nodes > 0 && words.complete(complete, nodes)} ${words.version(work.sequence)}.
    </dd>
    ${
      free &&
      html`<dt>${words.take}</dt>
        <dd>
          ${words.takeHint}<br /><a href="${work.entry.url}" download
            >${words.download}: ${work.entry.path}</a
          >
        </dd> `
    }
  </dl>`
}

function neighbours({ before, after }: WorkFacts, language: Language): Html | null {
  if (before === undefined && after === undefined) return null
  const words = liteWords[language].work
  const link = (work: ArtworkSummary, text: string, rel: 'prev' | 'next'): Html =>
    html`<p>
      ${text}
      <a
        rel="${rel}"
        href="${liteAddress(language, { page: 'work', artist: work.artist, slug: work.slug, agreed: false })}"
        >${say(work.title, language)}</a
      >
    </p> `
  return html`${before !== undefined && link(before, words.previous, 'prev')}${after !== undefined && link(after, words.next, 'next')}`
}
