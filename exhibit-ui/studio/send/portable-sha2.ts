import { sha256 as hash } from '@noble/hashes/sha2.js'
import { from } from 'multiformats/hashes/hasher'

/** SHA-256 for `multiformats`, in plain JavaScript: in the place of its own, which needs a secure context. */
export const sha256 = from({ name: 'sha2-256', code: 0x12, encode: (bytes: Uint8Array) => hash(bytes) })
