import type { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'

/** Fetches for neighbours what this node does not hold. */
export interface ChunkRelay {
  /**
   * @param options.hops how many nodes may pass the request on after this one
   * @param options.waiting nodes that wait for it: none of them is asked
   * @returns whether the chunk is here now, or passing through: false when it could not be had
   */
  fetch(
    cid: CID,
    root: CID,
    options: { signal: AbortSignal; hops: number; waiting: readonly Did[] },
  ): Promise<boolean>
  /** The bytes of a chunk that passed through lately and is not stored. */
  passing(cid: CID): Uint8Array | null
}
