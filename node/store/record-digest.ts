import { CID } from 'multiformats/cid'
import * as digest from 'multiformats/hashes/digest'

const RAW_CODEC = 0x55
const SHA2_256 = 0x12

/** SHA-256 in a record's CID, as 64 hex digits. */
export function digestOfCid(cid: string): string {
  return Buffer.from(CID.parse(cid).multihash.digest).toString('hex')
}

export function cidOfDigest(hex: string): string {
  return CID.createV1(RAW_CODEC, digest.create(SHA2_256, Buffer.from(hex, 'hex'))).toString()
}
