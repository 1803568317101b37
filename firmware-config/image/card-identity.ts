import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Names that a card's disk and file systems carry. The same node has the same ones, so that its card can be made again to the byte. */
export interface CardIdentity {
  /** Of the partition table, by which the start finds the card. Never 0. */
  readonly diskId: number
  /** Of the boot partition. */
  readonly volumeId: number
  /** Of the data partition's ext4. */
  readonly dataUuid: string
  readonly hashSeed: string
}

export function cardIdentity(venueId: string, nodeName: string): CardIdentity {
  const digest = (use: string): Uint8Array =>
    sha256(utf8ToBytes(`mesh-art card\0${use}\0${venueId}\0${nodeName}`))
  const number = (use: string): number => (new DataView(digest(use).buffer).getUint32(0) | 1) >>> 0
  return {
    diskId: number('disk'),
    volumeId: number('boot'),
    dataUuid: uuidOf(digest('data')),
    hashSeed: uuidOf(digest('seed')),
  }
}

/** As `sfdisk` and `PARTUUID` write it. */
export function hex32(value: number): string {
  return value.toString(16).padStart(8, '0')
}

/** RFC 9562, version 8: of our own making. */
function uuidOf(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytesToHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
