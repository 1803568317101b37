import type { Catalogue } from '../../artworks/format/catalogue.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import type { Holdings } from './holdings.ts'

/**
 * How much may wait for curators at the node where it came in. Whoever has a key can bring works, and keys cost nothing: so one key
 * has a bound, and so has the node. Elsewhere nothing of it is kept.
 */
export const waitingQuotas = Object.freeze({
  /** Versions of one artist. */
  waitingPerArtist: 20,
  waitingBytesPerArtist: 8 * 1024 ** 3,
  /** Of all artists together. */
  waitingBytes: 32 * 1024 ** 3,
})
export type WaitingQuotas = { readonly [K in keyof typeof waitingQuotas]: number }

export interface WaitingSources {
  readonly catalogue: Catalogue
  readonly holdings: Pick<Holdings, 'progress'>
}

/** A version that is handed in, or the plan of one: then nobody can have admitted it but with all that its artist makes. */
export interface ComingVersion {
  readonly artist: Did
  readonly size: number
  readonly root?: string
  /** CID of its manifest. */
  readonly manifest?: string
}

/** Why a version may not wait here beside the others, in one line; null when it may, or need not wait. */
export function waitingRefusal(
  version: ComingVersion,
  { catalogue, holdings }: WaitingSources,
  quotas: WaitingQuotas,
): string | null {
  const quorum = catalogue.exhibition?.body.quorum ?? 0
  const { artist: signer, manifest: cid = '' } = version
  if (catalogue.admittedBy({ cid, signer }).length >= quorum) return null
  const waiting = waitingVersions(catalogue)
  const own = waiting.filter(({ artist }) => artist === signer)
  // It waits already, and is brought again: to a node that has lost some of it.
  if (version.manifest === undefined && own.some(({ body }) => body.root.toString() === version.root)) {
    return null
  }
  if (own.length >= quotas.waitingPerArtist) {
    return `${own.length} versions signed with this key wait for curators already, more may not; wait for them, or withdraw one`
  }
  if (bytesOf(own, version) > quotas.waitingBytesPerArtist) {
    return `what waits of this key may have ${quotas.waitingBytesPerArtist} bytes in all; wait for the curators, or withdraw a work`
  }
  // What waits at another node takes no room here.
  const here = waiting.filter((one) => holdings.progress(one.body.root.toString())?.complete === true)
  if (bytesOf(here, version) > quotas.waitingBytes) {
    return `what waits for curators at this node may have ${quotas.waitingBytes} bytes in all; another node may have room`
  }
  return null
}

interface Waiting {
  readonly artist: Did
  readonly body: Manifest
}

/** Versions newer than the one shown, of works that are neither removed nor withdrawn. */
function waitingVersions(catalogue: Catalogue): Waiting[] {
  return catalogue.artworks().flatMap(({ artist, standing, shown, versions }) => {
    if (standing === 'withdrawn' || standing === 'removed') return []
    const newer = shown === null ? versions : versions.slice(0, versions.indexOf(shown))
    return newer.map(({ body }) => ({ artist, body }))
  })
}

/** The same files under several names are there once. */
function bytesOf(waiting: readonly Waiting[], { root = '', size }: ComingVersion): number {
  const sizes = new Map(waiting.map((one) => [one.body.root.toString(), one.body.size]))
  sizes.set(root, size)
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
