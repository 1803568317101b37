import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { keyFileLimits } from '../../artworks/format/key-file.ts'
import { CommandError, UsageError } from './errors.ts'

/** Asks without showing what is typed. Never taken from argv, where every user of the machine can read it. */
async function ask(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      'no terminal to ask for a passphrase; give it with --passphrase-file FILE or in MESH_ART_PASSPHRASE',
    )
  }
  process.stderr.write(prompt)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

async function given(file: string | undefined): Promise<string | null> {
  if (file !== undefined) {
    try {
      return (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
    } catch (cause) {
      throw new CommandError(`cannot read the passphrase file ${file}`, { cause })
    }
  }
  return process.env['MESH_ART_PASSPHRASE'] ?? null
}

export async function readPassphrase(file: string | undefined): Promise<string> {
  return (await given(file)) ?? ask('Passphrase of the key: ')
}

/** Asked for twice on a terminal. @throws {UsageError} when it is too short or the two differ */
export async function readNewPassphrase(file: string | undefined): Promise<string> {
  const fromElsewhere = await given(file)
  const passphrase = fromElsewhere ?? (await ask('New passphrase: '))
  if (passphrase.length < keyFileLimits.passphraseLength) {
    throw new UsageError(
      `a passphrase needs at least ${keyFileLimits.passphraseLength} characters; four words are easy to keep`,
    )
  }
  if (fromElsewhere === null && (await ask('Once more: ')) !== passphrase)
    throw new UsageError('the two are not the same')
  return passphrase
}
