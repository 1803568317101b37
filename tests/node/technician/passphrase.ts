import { hashPassphrase, parsePassphraseHash } from '../../../node/technician/passphrase-hash.ts'
import type { PassphraseHash } from '../../../node/technician/passphrase-hash.ts'

export const PASSPHRASE = 'vier losse woorden hier'

export async function hashOf(passphrase = PASSPHRASE): Promise<PassphraseHash> {
  const hash = parsePassphraseHash(await hashPassphrase(passphrase, new Uint8Array(16).fill(7)))
  if (hash === null) throw new Error('a line that is not read back')
  return hash
}
