import { writeFile } from 'node:fs/promises'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { Command } from 'commander'
import { didFromPublicKey, fingerprint } from '../../artworks/format/did-key.ts'
import { CommandError } from '../cli/errors.ts'
import { showKeyOfFile } from '../cli/key-from-file.ts'
import { note, print, printJson } from '../cli/output.ts'
import { readNewPassphrase } from '../cli/passphrase.ts'
import { sealKeyFile } from '../../artworks/format/key-file.ts'
import { randomBytes } from 'node:crypto'

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
    .action(create)
  key
    .command('show')
    .description('says whose key a file holds; needs no passphrase')
    .argument('<file>')
    .option('--json', 'prints data')
    .action(show)
  return key
}

async function create(
  file: string,
  options: { name?: string; passphraseFile?: string; json?: boolean },
): Promise<void> {
  const passphrase = await readNewPassphrase(options.passphraseFile)
  const privateKey = await generateKeyPair('Ed25519')
  const sealed = await sealKeyFile(privateKey, passphrase, {
    random: (length) => randomBytes(length),
    ...(options.name === undefined ? {} : { name: options.name }),
  })
  try {
    await writeFile(file, sealed, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    throw new CommandError(
      exists ? `${file} exists already; a key is never overwritten` : `cannot write ${file}`,
      { cause },
    )
  }
  const did = didFromPublicKey(privateKey.publicKey)
  if (options.json === true) printJson({ file, did, fingerprint: fingerprint(did) })
  else {
    print(did)
    note(
      `Written to ${file}. Keep a copy of it and of its passphrase: without both, nobody can change or withdraw your works.`,
    )
  }
}

async function show(file: string, options: { json?: boolean }): Promise<void> {
  const { did, name } = await showKeyOfFile(file)
  if (options.json === true) printJson({ did, name: name ?? null, fingerprint: fingerprint(did) })
  else print(`${did}  (${fingerprint(did)})${name === undefined ? '' : `  ${name}`}`)
}
