import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { fromString } from 'uint8arrays/from-string'
import { toString } from 'uint8arrays/to-string'
import * as v from 'valibot'
import { didFromPublicKey, isDid } from './did-key.ts'
import type { Did } from './did-key.ts'
import { KeyFileError } from './key-file-error.ts'
import { formatLimits } from './limits.ts'
import { issueLines } from './records.ts'

export const keyFileLimits = Object.freeze({
  /** Characters of a whole key file: a real one has about 500. */
  fileLength: 8192,
  /** Greatest cost read: 2^20 with r = 8 takes 1 GiB. A file that asks for more is an attack, or from another age. */
  maxN: 2 ** 20,
  maxR: 8,
  maxP: 4,
  /** Characters of a new passphrase. */
  passphraseLength: 10,
})

/**
 * N = 2^15 with r = 8 takes 32 MiB, a fifth of a second on a laptop and some seconds in JavaScript on a cheap phone, whose
 * page may not get the 128 MiB of OWASP's first choice (2^17). The file stays with its owner, so the passphrase guards a lost
 * stick and not a database of thousands; whoever wants more finds room up to `maxN` in the format.
 */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1 } as const
const SALT_BYTES = 16
const KEY_BYTES = 32
const NONCE_BYTES = 24
const TAG_BYTES = 16
/** An Ed25519 private key as libp2p writes it raw: 32 bytes of seed, 32 of public key. */
const RAW_KEY_BYTES = 64

/** base64url without padding, of exactly so many bytes. */
const bytes = (length: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]*$/, 'must be base64url'),
    v.transform((text) => decodeBase64(text)),
    v.check((value) => value.length === length, `must be ${length} bytes`),
  )
const cost = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max, `more than ${max} is not read`))

const keyFileSchema = v.object({
  format: v.literal('mesh-art-key'),
  v: v.literal(1),
  did: v.custom<Did>(isDid, 'must be a did:key of an Ed25519 key'),
  name: v.optional(v.pipe(v.string(), v.maxLength(formatLimits.nameLength))),
  kdf: v.object({
    name: v.literal('scrypt'),
    N: v.pipe(
      cost(2 ** 14, keyFileLimits.maxN),
      v.check((n) => (n & (n - 1)) === 0, 'must be a power of two'),
    ),
    r: cost(1, keyFileLimits.maxR),
    p: cost(1, keyFileLimits.maxP),
    salt: bytes(SALT_BYTES),
  }),
  cipher: v.object({ name: v.literal('xchacha20poly1305'), nonce: bytes(NONCE_BYTES) }),
  data: bytes(RAW_KEY_BYTES + TAG_BYTES),
})

export interface OpenedKeyFile {
  readonly key: Ed25519PrivateKey
  readonly did: Did
  /** As its owner called it; the passphrase guards it as well as the key. */
  readonly name?: string
}

export interface SealKeyOptions {
  /** Cryptographically strong: `crypto.getRandomValues`, which insecure contexts have as well. */
  readonly random: (length: number) => Uint8Array
  readonly name?: string
  readonly onProgress?: OnProgress
}

/** Told now and then how much of the slow part is done: 0 to 1. */
type OnProgress = (share: number) => void

/**
 * Seals an artist's or curator's key with a passphrase.
 * @returns the text of the file: one JSON object
 * @throws {KeyFileError} `weak-passphrase`
 */
export async function sealKeyFile(
  key: Ed25519PrivateKey,
  passphrase: string,
  { random, name, onProgress }: SealKeyOptions,
): Promise<string> {
  if (passphrase.length < keyFileLimits.passphraseLength) {
    throw new KeyFileError(
      'weak-passphrase',
      `a passphrase needs at least ${keyFileLimits.passphraseLength} characters: four or five words are good`,
    )
  }
  const salt = random(SALT_BYTES)
  const nonce = random(NONCE_BYTES)
  const did = didFromPublicKey(key.publicKey)
  const sealing = await sealingKey(passphrase, salt, SCRYPT, onProgress)
  const sealed = xchacha20poly1305(sealing, nonce, guarded(did, name)).encrypt(key.raw)
  const file = {
    format: 'mesh-art-key',
    v: 1,
    did,
    ...(name === undefined ? {} : { name }),
    kdf: { name: 'scrypt', ...SCRYPT, salt: encodeBase64(salt) },
    cipher: { name: 'xchacha20poly1305', nonce: encodeBase64(nonce) },
    data: encodeBase64(sealed),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/**
 * Opens a key file.
 * @throws {KeyFileError} `bad-key-file` when it is none; `wrong-passphrase` when it does not open, for which a changed file is
 * the other reason
 */
export async function openKeyFile(
  text: string,
  passphrase: string,
  { onProgress }: { onProgress?: OnProgress } = {},
): Promise<OpenedKeyFile> {
  const { did, name, kdf, cipher, data } = parseKeyFile(text)
  const sealing = await sealingKey(passphrase, kdf.salt, kdf, onProgress)
  let raw: Uint8Array
  try {
    raw = xchacha20poly1305(sealing, cipher.nonce, guarded(did, name)).decrypt(data)
  } catch (cause) {
    throw new KeyFileError('wrong-passphrase', 'the passphrase does not open this key file: try again', {
      cause,
    })
  }
  let key
  try {
    key = privateKeyFromRaw(raw)
  } catch (cause) {
    throw new KeyFileError('bad-key-file', 'the key file does not hold an Ed25519 key', { cause })
  }
  if (key.type !== 'Ed25519' || didFromPublicKey(key.publicKey) !== did) {
    throw new KeyFileError('bad-key-file', 'the key file does not hold the key that it names')
  }
  return { key, did, ...(name === undefined ? {} : { name }) }
}

/** Whose key a file holds, as it says itself: not checked before it is opened. */
export function readKeyFile(text: string): { did: Did; name?: string } {
  const { did, name } = parseKeyFile(text)
  return { did, ...(name === undefined ? {} : { name }) }
}

function parseKeyFile(text: string): v.InferOutput<typeof keyFileSchema> {
  if (text.length > keyFileLimits.fileLength) {
    throw new KeyFileError('bad-key-file', 'not a mesh-art key file: it is too long')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new KeyFileError('bad-key-file', 'not a mesh-art key file: it is not JSON', { cause })
  }
  const parsed = v.safeParse(keyFileSchema, value, { abortPipeEarly: true })
  if (parsed.success) return parsed.output
  throw new KeyFileError('bad-key-file', `not a mesh-art key file: ${issueLines(parsed.issues).join('; ')}`)
}

async function sealingKey(
  passphrase: string,
  salt: Uint8Array,
  { N, r, p }: { N: number; r: number; p: number },
  onProgress?: OnProgress,
): Promise<Uint8Array> {
  // NFC: keyboards differ in how they write an accent.
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'))
  const progress = onProgress === undefined ? {} : { onProgress }
  return scryptAsync(secret, salt, { N, r, p, dkLen: KEY_BYTES, maxmem: 2 ** 30 + 2 ** 24, ...progress })
}

/** What a key file says in the open and nobody may change: authenticated beside the key. */
function guarded(did: string, name: string | undefined): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(['mesh-art-key', 1, did, name ?? null]))
}

function encodeBase64(value: Uint8Array): string {
  return toString(value, 'base64url')
}

function decodeBase64(text: string): Uint8Array {
  try {
    return fromString(text, 'base64url')
  } catch {
    // Base64 of an impossible length: no bytes, which the check of the length refuses.
    return new Uint8Array()
  }
}
