import { chmod, readFile, stat } from 'node:fs/promises'
import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { KeyFileError } from '../../artworks/format/key-file-error.ts'
import { storeErrorOf, systemCode, writeFileAtomically } from './durable-files.ts'
import { isThere } from './is-there.ts'

/** A key in protobuf form is 68 bytes; anything much larger is another file. */
const MAX_KEY_BYTES = 1024

/**
 * Reads a node's Ed25519 key, or makes one where there is none. The file holds the protobuf form of libp2p's keys
 * (libp2p specification, peer ids, "Keys") and is for its owner alone.
 * @throws {KeyFileError} `bad-key-file`
 * @throws {StoreError} `disk-full`, `disk-unwritable`
 */
export async function loadOrCreateKey(path: string): Promise<Ed25519PrivateKey> {
  const bytes = await readKeyFile(path)
  if (bytes === null) {
    const key = await generateKeyPair('Ed25519')
    await writeFileAtomically(path, privateKeyToProtobuf(key), { mode: 0o600 })
    return key
  }
  const key = parse(bytes, path)
  // A copy from a backup may have come back readable by others.
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
  return key
}

/** Reads a key that only some nodes hold, such as the steward's. @throws {KeyFileError} `bad-key-file` @throws {StoreError} */
export async function loadKeyIfThere(path: string): Promise<Ed25519PrivateKey | null> {
  return (await isThere(path)) ? loadOrCreateKey(path) : null
}

async function readKeyFile(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw storeErrorOf(error, path)
  }
}

function parse(bytes: Uint8Array, path: string): Ed25519PrivateKey {
  let cause: unknown
  try {
    if (bytes.length <= MAX_KEY_BYTES) {
      const key = privateKeyFromProtobuf(bytes)
      if (key.type === 'Ed25519') return key
    }
  } catch (error) {
    cause = error
  }
  // Never replaced by a new one: its owner may have a copy, and the node's grant is for the old key.
  throw new KeyFileError(
    'bad-key-file',
    `${path} is not an Ed25519 key: put a copy of it back, or move it away and have the node granted anew`,
    { cause },
  )
}
