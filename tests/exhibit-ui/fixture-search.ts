import type { ArtworkDetail } from '../../node/http/contract.ts'
import type { WorksFound, WorksQuery } from '../../node/http/contracts/search.ts'
import { findWorks, foldText } from '../../node/http/views/find-works.ts'
import type { FindableWork } from '../../node/http/views/find-works.ts'
import { summaryOf } from './fixture-data.ts'
import { sampleNodes } from './fixture-mesh.ts'

const texts = new WeakMap<ArtworkDetail, string>()

const findable = (work: ArtworkDetail): FindableWork & { work: ArtworkDetail } => ({
  work,
  artist: work.artist,
  maker: work.maker,
  track: work.track,
  medium: work.medium,
  languages: Object.keys(work.statement),
  venue: work.provenance.intakeNode,
  text: () => {
    const known = texts.get(work)
    if (known !== undefined) return known
    const all = [...Object.values(work.title), work.maker, ...Object.values(work.statement)]
    const text = foldText([...all, ...Object.values(work.transcript ?? {})].join('\n'))
    texts.set(work, text)
    return text
  },
})

/** `/api/v1/search` as a node answers it; undefined for a question that cannot be. */
export function sampleFound(works: readonly ArtworkDetail[], asked: URLSearchParams): WorksFound | undefined {
  const { from = '0', limit = '60', each, around, ...query } = Object.fromEntries(asked)
  if (query['artist']?.startsWith('did:key:z') === false) return undefined
  const all = works.map(findable)
  const { found, choices } = findWorks(all, query as WorksQuery)
  const index = found.findIndex(({ work }) => `${work.artist}/${work.slug}` === around)
  const start = around === undefined ? Number(from) : index < 0 ? found.length : Math.max(0, index - 1)
  const taken = new Map<string, number>()
  const firsts = found.filter(({ track }) => {
    taken.set(track, (taken.get(track) ?? 0) + 1)
    return (taken.get(track) ?? 0) <= Number(each)
  })
  const page = each === undefined ? found.slice(start, start + Number(limit)) : firsts
  const artist = works.filter((work) => work.artist === query['artist'])
  return {
    works: page.map(({ work }) => summaryOf(work)),
    from: start,
    total: found.length,
    shown: works.length,
    choices: {
      ...choices,
      venue: choices.venue.map(({ id, works }) => ({
        id,
        name: sampleNodes.find((node) => node.id === id)?.name ?? '',
        works,
      })),
    },
    ...(artist[0] && {
      artist: {
        did: artist[0].artist,
        names: [...new Set(artist.map(({ maker }) => maker))],
        fingerprint: artist[0].provenance.fingerprint,
      },
    }),
  }
}
