import type { Ed25519PrivateKey } from '@libp2p/interface'
import type { Did } from '../../artworks/format/did-key.ts'
import { KeyFileError } from '../../artworks/format/key-file-error.ts'
import { describeKeyFile, loadKeyFile } from '../store/key-file.ts'
import { isThere } from '../store/is-there.ts'
import { CommandError } from './errors.ts'
import { readPassphrase } from './passphrase.ts'

/** Asks for the passphrase where it is not given. @throws {CommandError} */
export async function openKeyFromFile(
  file: string,
  passphraseFile: string | undefined,
): Promise<Ed25519PrivateKey> {
  // Looked at first: nobody types a passphrase for a file that is no key file.
  await showKeyOfFile(file)
  const passphrase = await readPassphrase(passphraseFile)
  return (await inTermsOf(file, loadKeyFile(file, passphrase))).key
}

/** Whose key a file holds. @throws {CommandError} */
export async function showKeyOfFile(file: string): Promise<{ did: Did; name?: string }> {
  if (!(await isThere(file)))
    throw new CommandError(`there is no key file ${file}; mesh-art key create ${file} makes one`)
  return inTermsOf(file, describeKeyFile(file))
}

/** Says which file is meant. */
async function inTermsOf<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    if (!(cause instanceof KeyFileError)) throw cause
    const line = cause.message.startsWith(file) ? cause.message : `${file}: ${cause.message}`
    throw new CommandError(line, { cause })
  }
}
