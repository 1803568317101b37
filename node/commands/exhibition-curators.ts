import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { CID } from 'multiformats/cid'
import { didFromPublicKey, isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import type { ExhibitionRecord, OpenedRecord } from '../../artworks/format/records.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { NodeApi } from '../cli/node-api.ts'
import { note, print, printJson } from '../cli/output.ts'
import { parseCurator } from '../cli/parse-curator.ts'
import { catalogueOfNode } from '../cli/records-of-node.ts'
import { claimedNow } from '../ingest/manifest.ts'
import { isThere } from '../store/is-there.ts'
import { loadOrCreateKey } from '../store/node-key.ts'

const DECISIONS = ['admission', 'decline', 'removal'] as const

interface StewardOptions {
  dataDir: string
  node: string
  quorum?: string
  json?: boolean
}

const collect = (value: string, all: string[] = []): string[] => [...all, value]

function stewards(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'data directory with the exhibition key', 'data')
    .option('--node <url>', 'a running node, which takes the new record in', 'http://localhost:8080')
    .option('--json', 'prints data')
}

/** Who curates, and how many must agree: each change is a new exhibition record, which every visitor can read. */
export function curatorsCommand(): Command {
  const curators = new Command('curators').description(
    'who curates, and how many must agree; on the computer that holds the exhibition key',
  )
  stewards(
    curators
      .command('add')
      .description('names a curator, or gives one another name')
      .argument('<did=name>', 'did of the key (mesh-art key show), and a name for visitors'),
  )
    .option('--quorum <k>', 'from now on, how many must agree')
    .addHelpText(
      'after',
      "\nExample:\n  mesh-art exhibition curators add did:key:z6Mk…='Ada' --data-dir data",
    )
    .action(add)
  stewards(
    curators
      .command('remove')
      .description('ends the work of a curator, and says which of their decisions stand')
      .argument('<did>', 'did of the curator (mesh-art exhibition show)'),
  )
    .requiredOption(
      '--uphold <which>',
      'all that this node knows, none, or the CID of a record; CIDs may be given several times',
      collect,
    )
    .option('--quorum <k>', 'from now on, how many must agree')
    .addHelpText(
      'after',
      `
The new exhibition record names, one by one, the decisions that stand. All others are void, however they are dated and
whenever they arrive: what the former curator signs from now on, and what this node has not heard of yet.

Example, for somebody who has left in peace:
  mesh-art exhibition curators remove did:key:z6Mk… --uphold all --data-dir data`,
    )
    .action(remove)
  stewards(
    curators
      .command('quorum')
      .description('changes how many curators must agree; 0 shows every signed work')
      .argument('<k>', 'a whole number'),
  ).action(quorum)
  return curators
}

async function add(text: string, options: StewardOptions): Promise<void> {
  const curator = parseCurator(text)
  await change(options, (now) => ({
    curators: [...now.curators.filter(({ did }) => did !== curator.did), curator],
  }))
}

async function remove(text: string, options: StewardOptions & { uphold: string[] }): Promise<void> {
  if (!isDid(text)) throw new UsageError(`'${text}' is not the did:key of a curator`)
  await change(options, (now, decisions) => {
    if (!now.curators.some(({ did }) => did === text)) throw new CommandError(`${text} is no curator now`)
    const theirs = decisions.filter(({ signer }) => signer === text)
    const standing = choose(options.uphold, theirs)
    const known = new Set(theirs.map(({ cid }) => cid))
    note(`${standing.length} of ${theirs.length} decisions that this node knows stand; all others are void.`)
    return {
      curators: now.curators.filter(({ did }) => did !== text),
      upheld: [...(now.upheld ?? []).filter((cid) => !known.has(cid.toString())), ...standing],
    }
  })
}

async function quorum(text: string, options: StewardOptions): Promise<void> {
  await change({ ...options, quorum: text }, () => ({}))
}

/** @throws {UsageError} @throws {CommandError} */
function choose(uphold: readonly string[], theirs: readonly OpenedRecord[]): CID[] {
  const known = theirs.map(({ cid }) => cid)
  const [first] = uphold
  if (uphold.length === 1 && first === 'none') return []
  if (uphold.length === 1 && first === 'all') return known.map((cid) => CID.parse(cid))
  for (const cid of uphold) {
    if (cid === 'all' || cid === 'none')
      throw new UsageError(`--uphold ${cid} cannot be given together with others`)
    if (!known.includes(cid))
      throw new CommandError(`this node knows no decision ${cid} of this curator; nothing was changed`)
  }
  return [...new Set(uphold)].map((cid) => CID.parse(cid))
}

type Change = Partial<Pick<ExhibitionRecord, 'curators' | 'upheld'>>

/** Signs the exhibition record that follows the one a node has, and hands it in there. */
async function change(
  options: StewardOptions,
  changeOf: (now: ExhibitionRecord, decisions: readonly OpenedRecord[]) => Change,
): Promise<void> {
  const path = join(resolve(options.dataDir), 'keys', 'steward.key')
  if (!(await isThere(path))) {
    throw new CommandError(
      `${options.dataDir} does not hold the exhibition key: curators are named on the computer that founded the exhibition`,
    )
  }
  // Beside a running node: the key file never changes, so no lock is taken.
  const key = await loadOrCreateKey(path)
  const id: Did = didFromPublicKey(key.publicKey)
  const api = new NodeApi(options.node, note)
  const shown = await api.exhibition()
  if (shown.id !== id)
    throw new CommandError(`the node at ${api.base.href} shows another exhibition, ${shown.id}`)
  const { exhibition, records } = await catalogueOfNode(api, id, DECISIONS)
  const now = exhibition.body
  const changed = changeOf(
    now,
    records.filter(({ kind }) => DECISIONS.some((one) => one === kind)),
  )
  const { claimed: _before, upheld: _upheld, ...rest } = now
  const upheld = changed.upheld ?? now.upheld ?? []
  const next: ExhibitionRecord = {
    ...rest,
    ...changed,
    claimed: claimedNow(),
    sequence: now.sequence + 1,
    quorum: options.quorum === undefined ? now.quorum : wholeNumber(options.quorum),
    upheld,
  }
  if (upheld.length === 0) delete next.upheld
  if (next.quorum > next.curators.length) {
    throw new UsageError(
      `a quorum of ${next.quorum} needs at least as many curators, ${next.curators.length} would be left; give --quorum too`,
    )
  }
  const record = await sealRecord(next, key)
  await api.submit(record.bytes)
  const { sequence, curators } = next
  if (options.json === true) {
    printJson({ exhibition: id, record: record.cid, sequence, quorum: next.quorum, curators })
    return
  }
  print(`Exhibition record ${sequence}: ${next.quorum} of ${curators.length} curators must agree.`)
  for (const { did, name } of curators) print(`${name}  ${did}`)
}

function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`a quorum must be a whole number, not '${text}'`)
  return Number(text)
}
