import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Did } from '../../artworks/format/did-key.ts'

export const nodeTagBytes = 5
const MAX_TAGS = 4096

/** The first bytes of SHA-256 of a did, hexadecimal: what stands for a node where its did would take ten times the room. */
export class NodeTags {
  readonly #tags = new Map<string, string>()
  readonly #dids = new Map<string, Did>()

  of(did: Did): string {
    let tag = this.#tags.get(did)
    if (tag === undefined) {
      tag = bytesToHex(sha256(new TextEncoder().encode(did)).subarray(0, nodeTagBytes))
      if (this.#tags.size >= MAX_TAGS) {
        this.#tags.clear()
        this.#dids.clear()
      }
      this.#tags.set(did, tag)
      this.#dids.set(tag, did)
    }
    return tag
  }

  pack(dids: readonly Did[]): Uint8Array {
    return hexToBytes(dids.map((did) => this.of(did)).join(''))
  }

  /** @param known asked for when it is a tag that was never seen */
  didOf(tag: string, known: () => Iterable<Did>): Did | undefined {
    if (!this.#dids.has(tag)) for (const did of known()) this.of(did)
    return this.#dids.get(tag)
  }

  /** The nodes meant, each of those that are known; empty text for one that is not: its place stays. */
  unpack(bytes: Uint8Array, known: () => Iterable<Did>): (Did | '')[] {
    let learnt = false
    const once = (): Iterable<Did> => {
      if (learnt) return []
      learnt = true
      return known()
    }
    const tags = bytesToHex(bytes).match(new RegExp(`.{${2 * nodeTagBytes}}`, 'g')) ?? []
    return tags.map((tag) => this.didOf(tag, once) ?? '')
  }
}
