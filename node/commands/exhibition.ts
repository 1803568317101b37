import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import * as v from 'valibot'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { recordSchemas } from '../../artworks/format/records.ts'
import { ConfigError } from '../config.ts'
import { peerAddress } from '../local-addresses.ts'
import { parseCurator } from '../cli/parse-curator.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { NodeApi } from '../cli/node-api.ts'
import { note, print, printJson, printQrCode, table } from '../cli/output.ts'
import { curatorsCommand } from './exhibition-curators.ts'
import { renameCommand } from './exhibition-rename.ts'
import { foundExhibition } from '../ingest/found-exhibition.ts'
import { createEventBus } from '../lifecycle/events.ts'
import { openDataDir } from '../store/data-dir.ts'
import { readExhibitionId, writeExhibitionId } from '../store/exhibition-identity.ts'
import { isThere } from '../store/is-there.ts'
import { loadOrCreateKey } from '../store/node-key.ts'
import { RecordKeeper } from '../store/record-keeper.ts'
import { SqliteRecordStore } from '../store/sqlite-record-store.ts'
import { formatInvite, inviteSecret } from '../wire/invite.ts'

const collect = (value: string, all: string[] = []): string[] => [...all, value]

function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('must be a whole number')
  return Number(text)
}

export function exhibitionCommand(): Command {
  const exhibition = new Command('exhibition').description(
    "the steward's work: an exhibition, its rules, its nodes",
  )
  exhibition
    .command('create')
    .description('founds an exhibition in a new data directory, whose node then holds the exhibition key')
    .option('--data-dir <dir>', 'data directory of its first node', 'data')
    .requiredOption('--title-nl <text>', 'title in Dutch')
    .requiredOption('--title-en <text>', 'title in English')
    .requiredOption('--statement-nl <text>', 'what it is about, in Dutch')
    .requiredOption('--statement-en <text>', 'what it is about, in English')
    .option('--curator <did=name>', 'a curator; may be given several times', collect)
    .option('--quorum <k>', 'how many curators must agree; 0 shows every signed work', wholeNumber, 0)
    .option('--name <name>', 'name of its first node (default: the name of this computer)')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      `
Example, with two curators who must agree:
  mesh-art exhibition create --data-dir data --title-nl 'Gedeeld licht' --title-en 'Shared light' \\
    --statement-nl 'Werk over delen.' --statement-en 'Work about sharing.' --quorum 2 \\
    --curator did:key:z6Mk…='Ada' --curator did:key:z6Mk…='Bo'`,
    )
    .action(create)
  exhibition
    .command('show')
    .description('says what a running node shows')
    .option('--node <url>', 'the node to ask', 'http://localhost:8080')
    .option('--json', 'prints data')
    .action(show)
  exhibition
    .command('invite')
    .description('makes an invite for other nodes; works on the computer that holds the exhibition key')
    .option('--data-dir <dir>', 'data directory with the exhibition key', 'data')
    .option('--address <multiaddr>', 'where a node of it is found; may be given several times', collect)
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      '\nExample:\n  mesh-art exhibition invite --data-dir data --address /ip4/192.168.4.1/tcp/4001',
    )
    .action(invite)
  exhibition.addCommand(curatorsCommand())
  exhibition.addCommand(renameCommand())
  return exhibition
}

interface CreateOptions {
  dataDir: string
  titleNl: string
  titleEn: string
  statementNl: string
  statementEn: string
  curator?: string[]
  quorum: number
  name?: string
  json?: boolean
}

async function create(options: CreateOptions): Promise<void> {
  const curators = (options.curator ?? []).map(parseCurator)
  if (options.quorum > curators.length) {
    throw new UsageError(
      `a quorum of ${options.quorum} needs at least as many curators, ${curators.length} are named`,
    )
  }
  const name = options.name ?? hostname()
  checkTexts(options, name, curators)
  const dataDir = await openDataDir(options.dataDir)
  try {
    if ((await readExhibitionId(dataDir)) !== null) {
      throw new CommandError(`${options.dataDir} holds an exhibition already; choose another --data-dir`)
    }
    const nodeKey = await loadOrCreateKey(dataDir.nodeKey)
    const steward = await loadOrCreateKey(join(dataDir.keys, 'steward.key'))
    const founded = await foundExhibition(
      steward,
      { did: didFromPublicKey(nodeKey.publicKey), name },
      {
        title: { nl: options.titleNl, en: options.titleEn },
        statement: { nl: options.statementNl, en: options.statementEn },
      },
      { quorum: options.quorum, curators },
    )
    const records = await SqliteRecordStore.open(dataDir.records)
    try {
      const keeper = new RecordKeeper(records, new Catalogue(founded.id), createEventBus())
      for (const sealed of founded.records) await keeper.accept(sealed, null, 'local')
    } finally {
      records.close()
    }
    await writeExhibitionId(dataDir, founded.id)
    if (options.json === true) printJson({ exhibition: founded.id, dataDir: dataDir.path })
    else {
      print(founded.id)
      note(
        `Founded in ${dataDir.path}. Keep a copy of ${join(dataDir.keys, 'steward.key')} in a safe place: it is the exhibition.`,
      )
      note(`Run its first node with: mesh-art node --data-dir ${options.dataDir}`)
    }
  } finally {
    dataDir.close()
  }
}

/** Before anything is written, every mistake in what the steward typed. */
function checkTexts(options: CreateOptions, name: string, curators: { did: Did; name: string }[]): void {
  const { title, statement, curators: named } = recordSchemas.exhibition.entries
  const grantedName = recordSchemas['node-grant'].entries.name
  const typed: [string, v.GenericSchema, unknown][] = [
    ['--title-nl', title, { nl: options.titleNl }],
    ['--title-en', title, { en: options.titleEn }],
    ['--statement-nl', statement, { nl: options.statementNl }],
    ['--statement-en', statement, { en: options.statementEn }],
    ['--curator', named, curators],
    ['--name', grantedName, name],
  ]
  const issues = typed.flatMap(([path, schema, value]) =>
    (v.safeParse(schema, value, { abortPipeEarly: true }).issues ?? []).map(({ message }) => ({
      path,
      message,
    })),
  )
  if (issues.length > 0) throw new ConfigError(issues)
}

function checkAddress(address: string): void {
  const [issue] = v.safeParse(peerAddress, address).issues ?? []
  if (issue !== undefined) throw new UsageError(`--address '${address}': ${issue.message}`)
}

async function show(options: { node: string; json?: boolean }): Promise<void> {
  const exhibition = await new NodeApi(options.node).exhibition()
  if (options.json === true) {
    printJson(exhibition)
    return
  }
  const { id, title, quorum, curators, works, tracks } = exhibition
  print(
    table([
      [
        'title',
        Object.entries(title)
          .map(([language, text]) => `${text} (${language})`)
          .join(', '),
      ],
      ['id', id],
      [
        'rule',
        quorum === 0 ? 'every signed work is shown' : `${quorum} of ${curators.length} curators must agree`,
      ],
      ...curators.map(({ did, name }) => ['curator', `${name}  ${did}`]),
      ['works', `${works} (${tracks.map((track) => `${track.id} ${track.works}`).join(', ')})`],
    ]),
  )
}

async function invite(options: { dataDir: string; address?: string[]; json?: boolean }): Promise<void> {
  for (const address of options.address ?? []) checkAddress(address)
  const dir = resolve(options.dataDir)
  const path = join(dir, 'keys', 'steward.key')
  if (!(await isThere(path))) {
    throw new CommandError(
      (await isThere(join(dir, 'exhibition')))
        ? `the node in ${options.dataDir} joined its exhibition: invites are made on the node that founded it, which holds the key`
        : `${options.dataDir} is no data directory of a node that founded an exhibition; choose it with --data-dir`,
    )
  }
  // Beside a running node: the key file never changes, so no lock is taken.
  const key = await loadOrCreateKey(path)
  const id = randomBytes(8)
  const text = formatInvite({
    exhibition: didFromPublicKey(key.publicKey),
    id,
    secret: inviteSecret(key.raw, id),
    addresses: options.address ?? [],
  })
  if (options.json === true) printJson({ invite: text })
  else {
    print(text)
    printQrCode(text)
    if (options.address === undefined)
      note('Without --address it leads only to nodes that mDNS finds: those on the same network.')
  }
}
