import { sha256 } from '@noble/hashes/sha2.js'
import { compareText } from './compare-text.ts'

/**
 * What a node signs of the withdrawals it has carried out: eight bytes for all of them. Two nodes that have let go of the same
 * works say the same, so a node, or a browser that is given the list, knows from a signed status what its signer no longer has.
 * @param works `did/slug` each
 */
export function digestOfLetGo(works: readonly string[]): Uint8Array {
  const text = JSON.stringify(['mesh-art-let-go', 1, ...works.toSorted(compareText)])
  return sha256(new TextEncoder().encode(text)).subarray(0, 8)
}
