import { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'
import type { ExhibitionRecord, Manifest, NodeGrant, RecordOf } from '../../artworks/format/records.ts'
import type { Dag } from './sealed-works.ts'
import type { Person } from './world.ts'

export interface ExhibitionPlan {
  readonly sequence: number
  readonly curators: readonly Person[]
  readonly quorum: number
  readonly revoked: readonly Did[]
}

export function exhibitionBody(exhibition: Did, plan: ExhibitionPlan): ExhibitionRecord {
  return {
    kind: 'exhibition',
    v: 1,
    exhibition,
    sequence: plan.sequence,
    title: { en: 'Simulated' },
    statement: { en: 'An exhibition that nobody sees.' },
    curators: plan.curators.map(({ did }, i) => ({ did, name: `Curator ${i}` })),
    quorum: plan.quorum,
    ...(plan.revoked.length === 0 ? {} : { revokedNodes: [...plan.revoked] }),
  }
}

export function grantBody(exhibition: Did, node: Did, name: string): NodeGrant {
  return { kind: 'node-grant', v: 1, exhibition, node, name }
}

/** @param claimed what the maker's clock says, however wrong */
export function manifestBody(
  exhibition: Did,
  { slug, sequence, dag, claimed }: { slug: string; sequence: number; dag: Dag; claimed: string },
): Manifest {
  return {
    kind: 'artwork',
    v: 1,
    exhibition,
    claimed,
    sequence,
    slug,
    title: { en: slug },
    statement: { en: 'Made for a simulation.' },
    maker: 'A. Maker',
    track: 'digital-autonomy',
    medium: 'image',
    entry: 'f000',
    alt: { en: 'Noise' },
    licence: 'CC0-1.0',
    root: dag.rootCid,
    size: dag.size,
    chunks: dag.blocks.size,
  }
}

export function admissionBody(
  exhibition: Did,
  target: { manifest: string } | { artist: Did },
): RecordOf<'admission'> {
  return {
    kind: 'admission',
    v: 1,
    exhibition,
    target: 'artist' in target ? target : { manifest: CID.parse(target.manifest) },
  }
}

export function declineBody(exhibition: Did, manifest: string): RecordOf<'decline'> {
  return { kind: 'decline', v: 1, exhibition, manifest: CID.parse(manifest) }
}

export function removalBody(exhibition: Did, artist: Did, slug: string): RecordOf<'removal'> {
  return { kind: 'removal', v: 1, exhibition, artist, slug, reason: { en: 'Simulated.' } }
}

export function withdrawalBody(exhibition: Did, slug: string): RecordOf<'withdrawal'> {
  return { kind: 'withdrawal', v: 1, exhibition, slug }
}
