import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { KeyFileError } from '../../artworks/format/key-file-error.ts'
import { keyFileLimits, openKeyFile, readKeyFile, sealKeyFile } from '../../artworks/format/key-file.ts'
import type { OpenedKeyFile } from '../../artworks/format/key-file.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { storeErrorOf, syncDirectory, systemCode, writeSynced } from './durable-files.ts'

/**
 * Writes a new key file, readable by its owner alone. Never over another file: it may hold the only copy of a key.
 * @throws {KeyFileError} `weak-passphrase`, `bad-key-file` when there is a file already
 * @throws {StoreError} `disk-full`, `disk-unwritable`
 */
export async function saveKeyFile(
  path: string,
  key: Ed25519PrivateKey,
  passphrase: string,
  { name }: { name?: string } = {},
): Promise<void> {
  const text = await sealKeyFile(key, passphrase, {
    random: (length) => new Uint8Array(randomBytes(length)),
    ...(name === undefined ? {} : { name }),
  })
  try {
    await writeSynced(path, new TextEncoder().encode(text), { mode: 0o600 })
  } catch (error) {
    if (systemCode(error) === 'EEXIST') {
      throw new KeyFileError('bad-key-file', `${path} is there already: choose another name`, {
        cause: error,
      })
    }
    await rm(path, { force: true }).catch(() => {
      // The first error is the one to tell; half a key file does not open.
    })
    throw storeErrorOf(error, path)
  }
  await syncDirectory(dirname(path))
}

/**
 * Opens a key file with its passphrase.
 * @throws {KeyFileError} `bad-key-file`, `wrong-passphrase`
 */
export async function loadKeyFile(path: string, passphrase: string): Promise<OpenedKeyFile> {
  return openKeyFile(await textOf(path), passphrase)
}

/**
 * Whose key a file holds, as it says itself; needs no passphrase.
 * @throws {KeyFileError} `bad-key-file`
 */
export async function describeKeyFile(path: string): Promise<{ did: Did; name?: string }> {
  return readKeyFile(await textOf(path))
}

async function textOf(path: string): Promise<string> {
  try {
    // Whatever a path names (a pipe, a device), a bounded number of bytes of it is read, and nothing is waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const buffer = Buffer.alloc(keyFileLimits.fileLength + 1)
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    const code = systemCode(cause)
    if (code === undefined) throw cause
    throw new KeyFileError('bad-key-file', `${path} cannot be read (${code})`, { cause })
  }
}
