import type { ExhibitionView, MeshNodeView, MeshView } from '../../contract.ts'
import type { DecisionsView, LogEntry } from '../../contracts/curate.ts'
import { liteAddress } from '../address.ts'
import { html } from '../html.ts'
import type { Html } from '../html.ts'
import { say } from '../language.ts'
import type { Language } from '../language.ts'
import { liteWords } from '../words.ts'

/** Nodes on one page; a mesh larger than that is read in the gallery. */
const NODES_SHOWN = 300

/** A list rather than a table: four columns are too broad for a phone. */
export function meshMain({ nodes, links }: MeshView, language: Language): Html {
  const words = liteWords[language]
  const { meshPage } = words
  const names = new Map(nodes.map((node) => [node.id, node.name === '' ? meshPage.unnamed : node.name]))
  const neighboursOf = (id: string): string =>
    links
      .flatMap(({ a, b }) => (a === id ? [b] : b === id ? [a] : []))
      .map((other) => names.get(other) ?? meshPage.unnamed)
      .join(', ')
  const item = ({ id, place, state, works }: MeshNodeView): Html => {
    const complete = works === undefined ? meshPage.notSaid : meshPage.ofTotal(works.complete, works.total)
    return html`<li class="node">
      <h2>${names.get(id)}</h2>
      ${place !== undefined && html`<span class="soft">${say(place, language)}</span><br />`}
      ${meshPage.state}: ${meshPage.states[state]}<br />
      ${meshPage.complete}: ${complete}<br />
      ${meshPage.linked}: ${neighboursOf(id) || meshPage.nobody}
    </li> `
  }
  return html`<h1>${words.mesh}</h1>
    <p>${meshPage.intro}</p>
    <ul class="plain">
      ${nodes.slice(0, NODES_SHOWN).map((node) => item(node))}
    </ul>`
}

export function aboutMain(exhibition: ExhibitionView | null, language: Language): Html {
  const words = liteWords[language]
  const { aboutPage } = words
  return html`<h1>${words.about}</h1>
    <p>${aboutPage.lead}</p>
    <h2>${aboutPage.how}</h2>
    ${aboutPage.howText.map((text) => html`<p>${text}</p>`)}
    <h2>${aboutPage.values}</h2>
    <ul>
      ${aboutPage.valuesText.map((text) => html`<li>${text}</li>`)}
    </ul>
    <h2>${aboutPage.honest}</h2>
    <p>${aboutPage.honestText}</p>
    ${
      exhibition !== null &&
      html`<h2>${aboutPage.curators}</h2>
        <p>${aboutPage.rule(exhibition.quorum)}</p>
        <p>${exhibition.curators.map(({ name }) => name).join(', ')}</p>
        <p class="soft">${aboutPage.key}: <code>${exhibition.id}</code></p> `
    }
    <h2>${words.source}</h2>
    <p><a href="/source.tar.gz" download>${aboutPage.download}</a></p>`
}

export function decisionsMain(
  { entries, next }: DecisionsView,
  before: number | undefined,
  language: Language,
): Html {
  const words = liteWords[language]
  const { decisionsPage } = words
  return html`<h1>${words.decisions}</h1>
    <p>${decisionsPage.intro}</p>
    ${
      entries.length === 0
        ? html`<p>${decisionsPage.empty}</p>`
        : html`<ul class="plain">
            ${entries.map((entry) => decision(entry, language))}
          </ul>`
    }
    <p>
      ${before !== undefined && html`<a href="${liteAddress(language, { page: 'decisions' })}">${words.newest}</a> `}${
        next !== null &&
        html`<a rel="next" href="${liteAddress(language, { page: 'decisions', before: next })}"
          >${words.nextPart}</a
        >`
      }
    </p>`
}

function decision(entry: LogEntry, language: Language): Html {
  const { decisionsPage } = liteWords[language]
  const { kind, signer, reason, work, artist, node, counts } = entry
  const target =
    work === undefined
      ? artist === undefined
        ? node && html`${node.name}`
        : html`${decisionsPage.allOf(artist.name || artist.fingerprint)}`
      : html`<a
          href="${liteAddress(language, { page: 'work', artist: work.artist, slug: work.slug, agreed: false })}"
          >${work.title === undefined ? work.slug : say(work.title, language)}</a
        >`
  return html`<li class="work">
    <b>${decisionsPage.kinds[kind]}</b>${target !== undefined && html`: ${target}`}${
      counts === false && html` <small>(${decisionsPage.counts})</small>`
    }<br />
    ${decisionsPage.who}:
    ${kind === 'exhibition' || kind === 'node-grant' ? decisionsPage.steward : signer.name || html`<code>${signer.did}</code>`}${
      reason !== undefined && html`<br />${decisionsPage.reason}: ${say(reason, language)}`
    }<br />
    <a href="/api/v1/records/${entry.record}">${decisionsPage.record}</a>
  </li> `
}
