import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import type { LanguageMap, NodeGrant } from '../../artworks/format/records.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { NodeApi } from '../cli/node-api.ts'
import { note, print, printJson } from '../cli/output.ts'
import { catalogueOfNode } from '../cli/records-of-node.ts'
import { claimedNow } from '../ingest/manifest.ts'
import { isThere } from '../store/is-there.ts'
import { loadOrCreateKey } from '../store/node-key.ts'

interface RenameOptions {
  dataDir: string
  node: string
  placeNl?: string
  placeEn?: string
  json?: boolean
}

/** A node's name and place are in its grant: the steward gives it another one, which comes after the one that it has. */
export function renameCommand(): Command {
  return new Command('rename')
    .description('gives a node another name and place; on the computer that holds the exhibition key')
    .argument('<node>', 'did of the node, or the name that it has')
    .argument('<name>', 'the name that it gets')
    .option('--place-nl <text>', 'where it stands, in Dutch')
    .option('--place-en <text>', 'where it stands, in English')
    .option('--data-dir <dir>', 'data directory with the exhibition key', 'data')
    .option('--node <url>', 'a running node, which takes the new record in', 'http://localhost:8080')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      `
A technician can rename a node too, at /tech. The name that was given last holds, everywhere.

Example:
  mesh-art exhibition rename zolder 'Zaal 2' --place-nl 'bij het raam' --place-en 'by the window'`,
    )
    .action(rename)
}

async function rename(which: string, name: string, options: RenameOptions): Promise<void> {
  if (name.trim() === '') throw new UsageError('a node needs a name')
  const path = join(resolve(options.dataDir), 'keys', 'steward.key')
  if (!(await isThere(path)))
    throw new CommandError(
      `${options.dataDir} does not hold the exhibition key: nodes are named on the computer that founded the exhibition`,
    )
  // Beside a running node: the key file never changes, so no lock is taken.
  const key = await loadOrCreateKey(path)
  const id: Did = didFromPublicKey(key.publicKey)
  const api = new NodeApi(options.node, note)
  const shown = await api.exhibition()
  if (shown.id !== id)
    throw new CommandError(`the node at ${api.base.href} shows another exhibition, ${shown.id}`)
  const { catalogue } = await catalogueOfNode(api, id, ['node-grant'])
  const grants = [...catalogue.grants()].map(({ body }) => body)
  const found = grants.filter((grant) => grant.node === which || grant.name === which)
  const [now] = found
  if (now === undefined) throw new CommandError(`no node is granted that is '${which}'`)
  if (found.length > 1)
    throw new CommandError(
      `${found.length} nodes are called '${which}'; give the did: ${found.map(({ node }) => node).join(', ')}`,
    )
  const { placeNl, placeEn } = options
  const place: LanguageMap = {
    ...now.place,
    ...(placeNl === undefined ? {} : { nl: placeNl }),
    ...(placeEn === undefined ? {} : { en: placeEn }),
  }
  const next: NodeGrant = {
    kind: 'node-grant',
    v: 1,
    exhibition: id,
    claimed: claimedNow(),
    node: now.node,
    name: name.trim(),
    ...(Object.keys(place).length === 0 ? {} : { place }),
    sequence: (now.sequence ?? 0) + 1,
  }
  const record = await sealRecord(next, key)
  await api.submit(record.bytes)
  if (options.json === true) printJson({ node: next.node, name: next.name, place, record: record.cid })
  else print(`${now.name} is now called ${next.name}.`)
}
