import { sha256 } from '@noble/hashes/sha2.js'

/** Prefixes up to this many nibbles keep their sum; under longer ones there are few digests, which are added up on demand. */
const SUMMED_NIBBLES = 4
/** Digests are kept in sorted lists by this many first nibbles, so that adding one moves few. */
const BUCKET_NIBBLES = 2
const MODULUS = 1n << 256n
export const EMPTY_FINGERPRINT = new Uint8Array(16)

interface Sum {
  sum: bigint
  count: number
}

/**
 * A set of 32-byte digests (as 64 hex digits) with a fingerprint for every prefix: SHA-256 of the sum of the digests
 * modulo 2^256 and their number, first 16 bytes. A sum, since XOR lets a set be made with a chosen fingerprint by linear
 * algebra (A. Meyer, "Range-Based Set Reconciliation", §5).
 */
export class DigestSet {
  readonly #buckets = new Map<string, string[]>()
  readonly #sums = new Map<string, Sum>()

  /** @returns whether it was new */
  add(digest: string): boolean {
    const key = digest.slice(0, BUCKET_NIBBLES)
    const bucket = this.#buckets.get(key) ?? []
    const at = lowerBound(bucket, digest)
    if (bucket[at] === digest) return false
    bucket.splice(at, 0, digest)
    this.#buckets.set(key, bucket)
    const value = BigInt(`0x${digest}`)
    for (let nibbles = 0; nibbles <= SUMMED_NIBBLES; nibbles++) {
      const prefix = digest.slice(0, nibbles)
      const known = this.#sums.get(prefix)
      if (known === undefined) this.#sums.set(prefix, { sum: value, count: 1 })
      else {
        known.sum = (known.sum + value) % MODULUS
        known.count += 1
      }
    }
    return true
  }

  has(digest: string): boolean {
    const bucket = this.#buckets.get(digest.slice(0, BUCKET_NIBBLES))
    return bucket !== undefined && bucket[lowerBound(bucket, digest)] === digest
  }

  get size(): number {
    return this.#sum('').count
  }

  count(prefix: string): number {
    if (prefix.length <= SUMMED_NIBBLES) return this.#sums.get(prefix)?.count ?? 0
    return this.list(prefix).length
  }

  /** Digests that begin with the prefix, in order. */
  list(prefix: string): string[] {
    if (prefix.length < BUCKET_NIBBLES) {
      const keys = [...this.#buckets.keys()].filter((key) => key.startsWith(prefix)).sort()
      return keys.flatMap((key) => this.#buckets.get(key) ?? [])
    }
    const bucket = this.#buckets.get(prefix.slice(0, BUCKET_NIBBLES)) ?? []
    // 'g' follows every hex digit.
    return bucket.slice(lowerBound(bucket, prefix), lowerBound(bucket, `${prefix}g`))
  }

  /** 16 bytes; zeros for none. */
  fingerprint(prefix = ''): Uint8Array {
    const { sum, count } = this.#sum(prefix)
    if (count === 0) return EMPTY_FINGERPRINT
    const text = `${sum.toString(16).padStart(64, '0')}:${count}`
    return sha256(new TextEncoder().encode(text)).subarray(0, 16)
  }

  #sum(prefix: string): Sum {
    if (prefix.length <= SUMMED_NIBBLES) return this.#sums.get(prefix) ?? { sum: 0n, count: 0 }
    const digests = this.list(prefix)
    const sum = digests.reduce((total, digest) => (total + BigInt(`0x${digest}`)) % MODULUS, 0n)
    return { sum, count: digests.length }
  }
}

function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}
