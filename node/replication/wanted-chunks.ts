import type { WantedChunk } from './fetch-planner.ts'

/** Bytes. */
export const groupLimits = Object.freeze({
  /** Small works that follow one another are of equal importance up to so much together, so that neighbours can fetch different ones and swap. */
  bytes: 4 * 1024 * 1024,
  chunkBytes: 1024 * 1024,
  /**
   * What a block of links counts for. More than it has, for the leaves that are asked for as soon as it is here: with blocks of links
   * alone, a window would be full of them, and nothing to speak of on its way.
   */
  linksBlockBytes: 64 * 1024,
})

/** A work that is wanted, and what is missing of it. */
export interface WantedWork {
  readonly root: string
  /** Bytes of all its blocks, as declared. */
  readonly size: number
  /** Base32 CIDs. Called only when the work's turn comes. */
  readonly missing: () => Iterable<string>
}

/** @param works most important first @returns groups for the planner, lazily */
export function* wantedGroups(works: Iterable<WantedWork>): Generator<Iterable<WantedChunk>> {
  let group: WantedWork[] = []
  let bytes = 0
  for (const work of works) {
    if (group.length > 0 && bytes + work.size > groupLimits.bytes) {
      yield chunksOf(group)
      group = []
      bytes = 0
    }
    group.push(work)
    bytes += work.size
  }
  if (group.length > 0) yield chunksOf(group)
}

function* chunksOf(works: readonly WantedWork[]): Generator<WantedChunk> {
  for (const { root, size, missing } of works) {
    for (const cid of missing()) yield { cid, root, bytes: aboutBytes(cid, size) }
  }
}

/** The base32 text of a raw block's CID begins with bafkrei, that of a block of links with bafybei. */
export function aboutBytes(cid: string, size: number): number {
  return Math.min(size, cid.startsWith('bafk') ? groupLimits.chunkBytes : groupLimits.linksBlockBytes)
}
