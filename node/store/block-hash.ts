import { hash } from 'node:crypto'
import type { CID } from 'multiformats/cid'
import { isBlock, isChunkCid } from '../../artworks/format/dag.ts'
import { StoreError } from './errors.ts'

/** SHA-256 by OpenSSL, which uses the processor's own instructions: several times as fast as the portable one. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

export function isVerifiedBlock(cid: CID, bytes: Uint8Array): boolean {
  return isChunkCid(cid) && isBlock(cid, bytes, sha256)
}

/** @throws {StoreError} `block-mismatch` */
export function assertBlock(cid: CID, bytes: Uint8Array): void {
  if (!isVerifiedBlock(cid, bytes)) {
    throw new StoreError(
      'block-mismatch',
      `${bytes.length} bytes are not the block ${cid.toString()}: fetch it again from somebody else`,
    )
  }
}
