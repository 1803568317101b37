import type { ArtworkDetail, MeshNodeView, MeshView } from '../../node/http/contract.ts'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'

const node = (id: string, name: string, more: Partial<MeshNodeView> = {}): MeshNodeView => ({
  id,
  name,
  state: 'neighbour',
  version: '0.1.0',
  ...more,
})

/** A mesh in every state a node can be in. */
export const sampleNodes: MeshNodeView[] = [
  node('n-oba', 'OBA, 3e verdieping', {
    state: 'here',
    place: { nl: 'Oosterdokskade 143', en: 'Oosterdokskade 143' },
    works: { complete: 9, total: 12 },
  }),
  node('n-waag', 'Waag', {
    rttMs: 3.4,
    place: { nl: 'Nieuwmarkt 4, theatrum anatomicum', en: 'Nieuwmarkt 4, theatrum anatomicum' },
    works: { complete: 12, total: 12 },
    receivedBytes: 912_000_000,
    sentBytes: 1_200_000,
  }),
  node('n-nemo', 'NEMO', {
    rttMs: 7.9,
    place: { nl: 'Dakterras', en: 'Roof terrace' },
    works: { complete: 12, total: 12 },
  }),
  node('n-pakhuis', 'Pakhuis de Zwijger', { state: 'reachable', works: { complete: 11, total: 12 } }),
  node('n-kelder', 'Archief', {
    rttMs: 182,
    state: 'late',
    silentSeconds: 14,
    works: { complete: 4, total: 12 },
  }),
  node('n-bus', 'Bibliobus', { state: 'lost', silentSeconds: 1260 }),
  node('n-kade', 'Kade', { state: 'reachable', works: { complete: 12, total: 12 } }),
]

const links = [
  ['n-oba', 'n-waag'],
  ['n-nemo', 'n-oba'],
  ['n-kelder', 'n-oba'],
  ['n-nemo', 'n-waag'],
  ['n-nemo', 'n-pakhuis'],
  ['n-kade', 'n-waag'],
  ['n-kade', 'n-pakhuis'],
] as const

export function sampleMesh(works: readonly ArtworkDetail[], alone: boolean): MeshView {
  const here = alone ? sampleNodes.slice(0, 1) : sampleNodes
  return {
    self: 'n-oba',
    nodes: here,
    links: alone ? [] : links.map(([a, b]) => ({ a, b })),
    works: works.map((work, index) => ({
      artist: work.artist,
      slug: work.slug,
      title: work.title,
      track: work.track,
      root: work.root,
      held: Object.fromEntries(
        here
          .filter((one) => one.state !== 'lost')
          .map((one): [string, number] => [
            one.id,
            one.id === 'n-oba'
              ? work.progress.have / work.progress.total
              : one.id === 'n-kelder'
                ? (index * 7) % 5 < 2
                  ? 1
                  : ((index * 3) % 4) / 4
                : 1,
          ]),
      ),
    })),
    incidents: alone
      ? []
      : [
          { peer: '12D3KooWUnknown', reason: 'not-granted', count: 3 },
          { peer: '12D3KooWBibliobus', name: 'Bibliobus', reason: 'bad-chunk', count: 1 },
        ],
  }
}

/** Brought in at a node that is no neighbour, and from there by two ways. */
export const sampleWay = (slug: string): ProvenanceView => ({
  exhibition: 'did:key:z6MkStewardOfTechnologyAndDemocracy2026Amsterdam',
  records: [],
  intake: { node: 'n-pakhuis', name: 'Pakhuis de Zwijger', sealed: '' },
  cameFrom: [{ id: 'n-nemo', name: 'NEMO' }, ...(slug === 'omweg' ? [] : [{ id: 'n-waag', name: 'Waag' }])],
})
