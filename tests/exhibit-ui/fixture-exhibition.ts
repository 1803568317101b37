import type { ArtworkDetail, ExhibitionView } from '../../node/http/contract.ts'

const both = (nl: string, en: string) => ({ nl, en })

export function sampleExhibition(works: readonly ArtworkDetail[]): ExhibitionView {
  const tracks = ['public-ai', 'next-socials', 'digital-autonomy', 'decentralised-web'] as const
  return {
    id: 'did:key:z6MkStewardOfTechnologyAndDemocracy2026Amsterdam',
    title: both('Technology & Democracy', 'Technology & Democracy'),
    statement: both(
      'Een tentoonstelling die nergens in de cloud staat. Elk kastje in dit gebouw bewaart haar en geeft haar door aan het volgende. Je telefoon praat alleen met het kastje naast je, en niemand houdt bij dat je er bent.',
      'An exhibition that is in no cloud. Every box in this building keeps it and passes it on to the next. Your phone talks only to the box beside you, and nobody keeps track of you.',
    ),
    curators: [
      { did: 'did:key:z6MkcuratorOne', name: 'NEMO' },
      { did: 'did:key:z6MkcuratorTwo', name: 'Waag Futurelab' },
      { did: 'did:key:z6MkcuratorThree', name: 'OBA' },
    ],
    quorum: 2,
    tracks: tracks.map((id) => ({
      id,
      title: { en: id },
      works: works.filter((work) => work.track === id).length,
    })),
    node: { id: 'n-oba', name: 'OBA, 3e verdieping' },
    works: works.length,
  }
}
