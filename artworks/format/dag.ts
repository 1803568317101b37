import { decode as decodeDagPb } from '@ipld/dag-pb'
import { sha256 } from '@noble/hashes/sha2.js'
import { CID } from 'multiformats/cid'
import { FormatError } from './errors.ts'
import { formatLimits } from './limits.ts'

export const RAW_CODEC = 0x55
export const DAG_PB_CODEC = 0x70
const SHA2_256 = 0x12

/**
 * Parses the CID of a block of a work: CIDv1, sha2-256, raw or dag-pb (the profile `unixfs-v1-2025`), base32.
 * @throws {FormatError} `bad-cid`
 */
export function parseChunkCid(text: string): CID {
  let cid: CID
  try {
    cid = CID.parse(text)
  } catch (cause) {
    throw new FormatError('bad-cid', `'${text.slice(0, 80)}' is not a CID`, { cause })
  }
  if (!isChunkCid(cid) || cid.toString() !== text) {
    throw new FormatError(
      'bad-cid',
      `'${text.slice(0, 80)}' is not a CIDv1 of a raw or dag-pb block with sha2-256 in base32`,
    )
  }
  return cid
}

export function isChunkCid(cid: CID): boolean {
  return (
    cid.version === 1 &&
    (cid.code === RAW_CODEC || cid.code === DAG_PB_CODEC) &&
    cid.multihash.code === SHA2_256 &&
    cid.multihash.digest.length === 32
  )
}

/** Whether the bytes are what the CID names. `hash` may be a faster SHA-256 than the portable one. */
export function isBlock(
  cid: CID,
  bytes: Uint8Array,
  hash: (bytes: Uint8Array) => Uint8Array = sha256,
): boolean {
  if (bytes.length > formatLimits.blockBytes) return false
  const found = hash(bytes)
  const named = cid.multihash.digest
  return found.length === named.length && found.every((byte, i) => byte === named[i])
}

/**
 * The links of a block in DAG order; none for a leaf.
 * @throws {FormatError} `block-mismatch` when a dag-pb block does not decode, or links to something a work may not hold
 */
export function linksOfBlock(cid: CID, bytes: Uint8Array): CID[] {
  if (cid.code === RAW_CODEC) return []
  let links: readonly { Hash: CID }[]
  try {
    links = decodeDagPb(bytes).Links
  } catch (cause) {
    throw new FormatError('block-mismatch', `${cid.toString()} is not a dag-pb block`, { cause })
  }
  if (links.length > formatLimits.blockLinks) {
    throw new FormatError(
      'block-mismatch',
      `${cid.toString()} has ${links.length} links, at most ${formatLimits.blockLinks} are taken`,
    )
  }
  return links.map(({ Hash }) => {
    if (!isChunkCid(Hash))
      throw new FormatError(
        'block-mismatch',
        `${cid.toString()} links to ${Hash.toString()}, which a work may not hold`,
      )
    return Hash
  })
}
