import { dirname } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { Command } from 'commander'
import { didFromPublicKey, fingerprint } from '../../artworks/format/did-key.ts'
import { formatLimits } from '../../artworks/format/limits.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { showKeyOfFile } from '../cli/key-from-file.ts'
import { note, print, printJson } from '../cli/output.ts'
import { readNewPassphrase } from '../cli/passphrase.ts'
import { isThere } from '../store/is-there.ts'
import { saveKeyFile } from '../store/key-file.ts'

export function keyCommand(): Command {
  const key = new Command('key').description("an artist's or a curator's key file, sealed with a passphrase")
  key
    .command('create')
    .description(
      'makes a new key; whoever has the file and the passphrase can sign as you, and nobody can make it again',
    )
    .argument('<file>', 'where to write it; an existing file is never overwritten')
    .option('--name <name>', 'a name to recognise the file by')
    .option('--passphrase-file <file>', 'file with the passphrase')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      `
Asks for a passphrase; without a terminal, give it with --passphrase-file or in the environment as MESH_ART_PASSPHRASE.

Example:
  mesh-art key create me.key --name 'Noor, phone'`,
    )
    .action(create)
  key
    .command('show')
    .description('says whose key a file holds; needs no passphrase')
    .argument('<file>', 'key file')
    .option('--json', 'prints data')
    .action(show)
  return key
}

async function create(
  file: string,
  options: { name?: string; passphraseFile?: string; json?: boolean },
): Promise<void> {
  // Asked for a passphrase twice, to be told then that the file cannot be written: no.
  await assertWritable(file)
  const name = options.name
  if (name !== undefined && (name.trim() === '' || name.length > formatLimits.nameLength))
    throw new UsageError(`--name: must be 1 to ${formatLimits.nameLength} characters`)
  const passphrase = await readNewPassphrase(options.passphraseFile)
  const privateKey = await generateKeyPair('Ed25519')
  await saveKeyFile(file, privateKey, passphrase, name === undefined ? {} : { name })
  const did = didFromPublicKey(privateKey.publicKey)
  if (options.json === true) printJson({ file, did, fingerprint: fingerprint(did) })
  else {
    print(did)
    note(
      `Written to ${file}. Keep a copy of it and of its passphrase: without both, nobody can change or withdraw your works.`,
    )
  }
}

async function assertWritable(file: string): Promise<void> {
  if (await isThere(file)) throw new CommandError(`${file} exists already; a key is never overwritten`)
  if (!(await isThere(dirname(file))))
    throw new CommandError(`${dirname(file)} is not there; make that folder first, or choose another`)
}

async function show(file: string, options: { json?: boolean }): Promise<void> {
  const { did, name } = await showKeyOfFile(file)
  if (options.json === true) printJson({ did, name: name ?? null, fingerprint: fingerprint(did) })
  else print(`${did}  (${fingerprint(did)})${name === undefined ? '' : `  ${name}`}`)
}
