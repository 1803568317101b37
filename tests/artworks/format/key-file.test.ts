import { generateKeyPair } from '@libp2p/crypto/keys'
import { beforeAll, describe, expect, test } from 'vitest'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { keyFileLimits, openKeyFile, readKeyFile, sealKeyFile } from '../../../artworks/format/key-file.ts'

const PASSPHRASE = 'een golf van café'
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

let text: string
let raw: Uint8Array
let did: string
beforeAll(async () => {
  const key = await generateKeyPair('Ed25519')
  raw = key.raw
  did = didFromPublicKey(key.publicKey)
  text = await sealKeyFile(key, PASSPHRASE, { random, name: 'A. Maker' })
})

/** The file with one field set, by a dotted path. */
function changed(path: string, value: unknown): string {
  const file = JSON.parse(text) as Record<string, unknown>
  const parts = path.split('.')
  let at = file
  for (const part of parts.slice(0, -1)) at = at[part] as Record<string, unknown>
  at[parts.at(-1) ?? ''] = value
  return JSON.stringify(file)
}

test('opens with its passphrase, however its accents are written', async () => {
  const opened = await openKeyFile(text, PASSPHRASE.normalize('NFD'))
  expect(opened.key.raw).toEqual(raw)
  expect(opened).toMatchObject({ did, name: 'A. Maker' })
  expect(readKeyFile(text)).toEqual({ did, name: 'A. Maker' })
})

test('shows nothing of the key, and differs every time', async () => {
  const { key } = await openKeyFile(text, PASSPHRASE)
  const again = await sealKeyFile(key, PASSPHRASE, { random })
  expect(JSON.parse(again)).toMatchObject({
    format: 'mesh-art-key',
    v: 1,
    did,
    kdf: { name: 'scrypt', N: 32_768, r: 8, p: 1 },
    cipher: { name: 'xchacha20poly1305' },
  })
  for (const field of ['data', 'salt', 'nonce']) {
    const valueOf = (file: string): string | undefined => new RegExp(`"${field}": "([^"]+)"`).exec(file)?.[1]
    expect(valueOf(again)).not.toBe(valueOf(text))
  }
  expect(text).not.toContain(Buffer.from(raw.subarray(0, 32)).toString('base64url').slice(0, 20))
})

test('asks for a passphrase of some length', async () => {
  const { key } = await openKeyFile(text, PASSPHRASE)
  await expect(sealKeyFile(key, 'short', { random })).rejects.toMatchObject({ code: 'weak-passphrase' })
})

describe('what does not open', () => {
  test('another passphrase', async () => {
    await expect(openKeyFile(text, `${PASSPHRASE}!`)).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })

  test.each([
    ['name', 'Another Maker'],
    ['did', 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'],
    ['kdf.p', 2],
  ])('a file whose %s was changed', async (path, value) => {
    await expect(openKeyFile(changed(path, value), PASSPHRASE)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    })
  })

  test.each([
    ['format', 'another-key', /format/],
    ['v', 2, /v:/],
    ['did', 'did:web:example.org', /did/],
    ['kdf.name', 'argon2id', /kdf\.name/],
    ['kdf.N', keyFileLimits.maxN * 2, /kdf\.N/],
    ['kdf.N', 1024, /kdf\.N/],
    ['kdf.N', 40_000, /power of two/],
    ['kdf.r', 1000, /kdf\.r/],
    ['kdf.p', 1000, /kdf\.p/],
    ['kdf.salt', 'c2hvcnQ', /kdf\.salt: must be 16 bytes/],
    ['kdf.salt', 'not base64!', /kdf\.salt/],
    ['cipher.nonce', '', /cipher\.nonce/],
    ['cipher.name', 'rot13', /cipher\.name/],
    ['data', 'A', /data/],
    ['data', null, /data/],
  ])('a file whose %s is %s, before any work is done', async (path, value, message) => {
    const opened = openKeyFile(changed(path, value), PASSPHRASE)
    await expect(opened).rejects.toMatchObject({ code: 'bad-key-file' })
    await expect(opened).rejects.toThrow(message)
  })

  test.each([
    ['no JSON', 'ssh-ed25519 AAAA'],
    ['another JSON', '[]'],
    ['too long', JSON.stringify('x'.repeat(keyFileLimits.fileLength))],
  ])('%s', async (_, other) => {
    await expect(openKeyFile(other, PASSPHRASE)).rejects.toMatchObject({ code: 'bad-key-file' })
  })
})
