import { readFile } from 'node:fs/promises'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import type { Did } from '../../artworks/format/did-key.ts'
import { openKeyFile, readKeyFile } from '../../artworks/format/key-file.ts'
import { CommandError } from './errors.ts'
import { readPassphrase } from './passphrase.ts'

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CommandError(`cannot read the key file ${file}; mesh-art key create makes one`, { cause })
  }
}

/** Asks for the passphrase where it is not given. @throws {FormatError} `bad-key-file`, `wrong-passphrase` */
export async function openKeyFromFile(
  file: string,
  passphraseFile: string | undefined,
): Promise<Ed25519PrivateKey> {
  const text = await read(file)
  readKeyFile(text)
  return (await openKeyFile(text, await readPassphrase(passphraseFile))).key
}

export async function showKeyOfFile(file: string): Promise<{ did: Did; name?: string }> {
  return readKeyFile(await read(file))
}
