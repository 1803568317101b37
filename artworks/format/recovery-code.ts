import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { KeyFileError } from './key-file-error.ts'

/**
 * A key on paper: its seed, sealed with the same passphrase as the key file, short enough to be typed in. 65 bytes (version,
 * salt, sealed seed) as four lines of 26 characters and two that check the line. Crockford's base32: no I, L, O or U, so that
 * what is read from paper is never in doubt.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const VERSION = 1
const SCRYPT = { N: 2 ** 15, r: 8, p: 1 } as const
const SALT_BYTES = 16
const SEED_BYTES = 32
const TAG_BYTES = 16
const CODE_BYTES = 1 + SALT_BYTES + SEED_BYTES + TAG_BYTES
const LINES = 4
const LINE_DATA = 26
const LINE_CHECK = 2
const LINE_LENGTH = LINE_DATA + LINE_CHECK
const GROUP = 4
/** The sealing key is of this salt alone and seals once, so the nonce need not differ. */
const NONCE = new Uint8Array(24)
const GUARDED = new TextEncoder().encode('mesh-art-recovery/1')

interface Options {
  readonly onProgress?: (share: number) => void
}

/** @returns four lines, each of seven groups of four characters */
export async function writeRecoveryCode(
  key: Ed25519PrivateKey,
  passphrase: string,
  { random, onProgress }: Options & { random: (length: number) => Uint8Array },
): Promise<string[]> {
  const salt = random(SALT_BYTES)
  const sealing = await sealingKey(passphrase, salt, onProgress)
  const sealed = xchacha20poly1305(sealing, NONCE, GUARDED).encrypt(key.raw.subarray(0, SEED_BYTES))
  const text = toBase32(Uint8Array.of(VERSION, ...salt, ...sealed))
  return Array.from({ length: LINES }, (_, i) => {
    const data = text.slice(i * LINE_DATA, (i + 1) * LINE_DATA)
    return (data + checkOf(i, data)).replaceAll(/(.{4})(?=.)/g, '$1 ')
  })
}

/** What is wrong with a code as it was typed so far, before any passphrase: the first line that does not check, from 1. */
export function checkRecoveryCode(
  typed: string,
): { ok: true } | { ok: false; line: number; isShort: boolean } {
  const text = plain(typed)
  for (let i = 0; i < LINES; i += 1) {
    const line = text.slice(i * LINE_LENGTH, (i + 1) * LINE_LENGTH)
    if (line.length < LINE_LENGTH) return { ok: false, line: i + 1, isShort: true }
    const data = line.slice(0, LINE_DATA)
    if (checkOf(i, data) !== line.slice(LINE_DATA)) return { ok: false, line: i + 1, isShort: false }
  }
  if (text.length > LINES * LINE_LENGTH) return { ok: false, line: LINES, isShort: false }
  return { ok: true }
}

/**
 * The key that is on paper.
 * @throws {KeyFileError} `bad-key-file` when a line does not check, `wrong-passphrase`
 */
export async function readRecoveryCode(
  typed: string,
  passphrase: string,
  { onProgress }: Options = {},
): Promise<Ed25519PrivateKey> {
  const checked = checkRecoveryCode(typed)
  if (!checked.ok) {
    throw new KeyFileError('bad-key-file', `line ${checked.line} of the recovery code is not right`)
  }
  const text = plain(typed)
  const data = Array.from({ length: LINES }, (_, i) =>
    text.slice(i * LINE_LENGTH, i * LINE_LENGTH + LINE_DATA),
  ).join('')
  const bytes = fromBase32(data)
  if (bytes[0] !== VERSION) {
    throw new KeyFileError('bad-key-file', 'the recovery code is of a newer program')
  }
  const sealing = await sealingKey(passphrase, bytes.subarray(1, 1 + SALT_BYTES), onProgress)
  let seed: Uint8Array
  try {
    seed = xchacha20poly1305(sealing, NONCE, GUARDED).decrypt(bytes.subarray(1 + SALT_BYTES))
  } catch (cause) {
    throw new KeyFileError('wrong-passphrase', 'the passphrase does not open this recovery code', { cause })
  }
  return generateKeyPairFromSeed('Ed25519', seed)
}

function sealingKey(
  passphrase: string,
  salt: Uint8Array,
  onProgress?: (share: number) => void,
): Promise<Uint8Array> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'))
  return scryptAsync(secret, salt, { ...SCRYPT, dkLen: 32, ...(onProgress && { onProgress }) })
}

/** As a person types it: spaces, dashes and small letters do not matter, nor do the look-alikes that the alphabet leaves out. */
function plain(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[\s.-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .slice(0, LINES * LINE_LENGTH + GROUP)
}

function checkOf(line: number, data: string): string {
  const [a = 0, b = 0] = sha256(new TextEncoder().encode(`${line}:${data}`))
  return (ALPHABET[a & 31] ?? '') + (ALPHABET[b & 31] ?? '')
}

function toBase32(bytes: Uint8Array): string {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  const length = Math.ceil((bytes.length * 8) / 5)
  return Array.from(
    { length },
    (_, i) => ALPHABET[Number((bits >> BigInt(5 * (length - 1 - i))) & 31n)],
  ).join('')
}

/** Of characters that were checked before: a letter outside the alphabet cannot pass the check of its line but by accident. */
function fromBase32(text: string): Uint8Array {
  let bits = 0n
  for (const letter of text) bits = (bits << 5n) | BigInt(Math.max(0, ALPHABET.indexOf(letter)))
  return Uint8Array.from({ length: CODE_BYTES }, (_, i) =>
    Number((bits >> BigInt(8 * (CODE_BYTES - 1 - i))) & 255n),
  )
}
