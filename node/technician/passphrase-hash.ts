import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { didFromPublicKey, isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'

/** 32 MiB and a second or so on a Pi: as hard as a machine of 512 MiB bears beside its work. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const
const MAX_MEMORY = 64 * 1024 * 1024
const SALT_BYTES = 16
const LINE = /^scrypt:(\d{1,7}):(\d{1,2}):(\d{1,2}):([A-Za-z0-9_-]{22}):(did:key:[A-Za-z0-9]+)$/
const derive = promisify<
  string,
  Uint8Array,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt)

/**
 * What a node's settings say of the technicians' passphrase: how a key is made of it, and the public half of that key. It opens
 * nothing by itself; whoever has it can try passphrases, at the cost above for each.
 */
export interface PassphraseHash {
  readonly cost: { readonly N: number; readonly r: number; readonly p: number }
  readonly salt: Uint8Array
  readonly did: Did
}

/** @returns null when the line is none, or asks for more memory than a Pi has to give */
export function parsePassphraseHash(line: string): PassphraseHash | null {
  const match = LINE.exec(line.trim())
  if (match === null) return null
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const salt = Buffer.from(match[4] ?? '', 'base64url')
  const did = match[5]
  const isSane = N >= 2 ** 14 && N <= 2 ** 15 && (N & (N - 1)) === 0 && r === 8 && p >= 1 && p <= 4
  return isSane && salt.length === SALT_BYTES && isDid(did) ? { cost: { N, r, p }, salt, did } : null
}

/** The line for `technicians.passphrase` in node.yaml. The same line on every node lets one passphrase order all of them. */
export async function hashPassphrase(
  passphrase: string,
  salt: Uint8Array = randomBytes(SALT_BYTES),
): Promise<string> {
  const { N, r, p } = COST
  const key = await keyOf(passphrase, COST, salt)
  return `scrypt:${N}:${r}:${p}:${Buffer.from(salt).toString('base64url')}:${didFromPublicKey(key.publicKey)}`
}

/** The technician's key, or null when the passphrase is another. */
export async function openPassphrase(
  hash: PassphraseHash,
  passphrase: string,
): Promise<Ed25519PrivateKey | null> {
  const key = await keyOf(passphrase, hash.cost, hash.salt)
  // Both are public keys: how long the comparison takes tells nothing.
  return didFromPublicKey(key.publicKey) === hash.did ? key : null
}

async function keyOf(
  passphrase: string,
  cost: PassphraseHash['cost'],
  salt: Uint8Array,
): Promise<Ed25519PrivateKey> {
  const seed = await derive(passphrase.normalize('NFC'), salt, 32, { ...cost, maxmem: MAX_MEMORY })
  return generateKeyPairFromSeed('Ed25519', seed)
}
