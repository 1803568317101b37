import type { Catalogue } from '../../../artworks/format/catalogue.ts'
import { trackIds } from '../../../artworks/format/records.ts'
import type { LanguageMap, TrackId } from '../../../artworks/format/records.ts'
import type { ExhibitionView } from '../contract.ts'
import type { NodeNames } from './node-names.ts'

/** The tracks of the conference; names it uses itself, in both languages. */
const trackTitles: Readonly<Record<TrackId, LanguageMap>> = {
  'public-ai': { nl: 'Publieke AI', en: 'Public AI' },
  'next-socials': { nl: 'The Next Socials', en: 'The Next Socials' },
  'digital-autonomy': { nl: 'Digitale autonomie', en: 'Digital Autonomy' },
  'decentralised-web': { nl: 'Het decentrale web', en: 'The Decentralised Web' },
}

/** @returns null as long as the exhibition's own record has not reached this node */
export function exhibitionView(
  catalogue: Catalogue,
  names: NodeNames,
  selfId: string,
): ExhibitionView | null {
  const exhibition = catalogue.exhibition?.body
  if (exhibition === undefined) return null
  const shown = catalogue.shown()
  return {
    id: catalogue.id,
    title: exhibition.title,
    statement: exhibition.statement,
    curators: exhibition.curators.map(({ did, name }) => ({ did, name })),
    quorum: exhibition.quorum,
    tracks: trackIds.map((id) => ({
      id,
      title: trackTitles[id],
      works: shown.filter((work) => work.shown.body.track === id).length,
    })),
    node: { id: selfId, ...names.of(selfId) },
    works: shown.length,
  }
}
