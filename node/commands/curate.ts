import { Command } from 'commander'
import { fingerprint } from '../../artworks/format/did-key.ts'
import { manifestRecord } from '../cli/records-of-node.ts'
import { NodeApi } from '../cli/node-api.ts'
import { formatBytes, note, print, printJson, table } from '../cli/output.ts'
import type { DecisionView, SubmissionView } from '../http/contracts/curate.ts'
import { admit, decline, remove } from './curate-decide.ts'
import { findWork } from './curate-work.ts'

const DEFAULT_NODE = 'http://localhost:8080'
const WORK = 'a slug, ARTIST/SLUG, or the CID of a manifest'

function decision(command: Command): Command {
  return command
    .requiredOption('--key <file>', 'key file of the curator (mesh-art key create)')
    .option('--passphrase-file <file>', 'file with the passphrase of the key')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--no-claimed-time', 'does not say when it was signed')
    .option('--json', 'prints data')
}

function reasons(command: Command): Command {
  return command
    .requiredOption('--reason-nl <text>', 'why, in Dutch; every visitor can read it')
    .requiredOption('--reason-en <text>', 'the same in English')
}

export function curateCommand(): Command {
  const curate = new Command('curate').description("a curator's work without a browser")
  curate
    .command('list')
    .description('lists what waits for curators, and what they said of it so far')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--json', 'prints data')
    .action(list)
  curate
    .command('show')
    .description('shows one submission: what its artist signed, and what curators said of it')
    .argument('<work>', WORK)
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--json', 'prints data')
    .action(show)
  decision(
    curate
      .command('admit')
      .description('admits the newest version that waits, or everything of its artist from now on')
      .argument('<work>', WORK),
  )
    .option('--artist', 'admits every work of this artist, those to come too')
    .addHelpText(
      'after',
      '\nExample:\n  mesh-art curate admit golf --key ada.key --node http://192.168.4.1:8080',
    )
    .action(admit)
  reasons(
    decision(
      curate
        .command('decline')
        .description('says that you do not admit the newest version that waits, and why')
        .argument('<work>', WORK),
    ),
  )
    .addHelpText(
      'after',
      `
Others may still admit it: a decline is a word in the open, and counts for nothing.

Example:
  mesh-art curate decline golf --key ada.key --reason-nl 'Het geluid ontbreekt.' --reason-en 'The sound is missing.'`,
    )
    .action(decline)
  reasons(
    decision(
      curate
        .command('remove')
        .description(
          'votes a work out of the exhibition; it goes once as many curators say so as admit a work',
        )
        .argument('<work>', WORK),
    ),
  )
    .addHelpText(
      'after',
      `
Example:
  mesh-art curate remove golf --key ada.key --reason-nl 'Niet van deze maker.' --reason-en 'Not by this maker.'`,
    )
    .action(remove)
  return curate
}

interface Asking {
  node: string
  json?: boolean
}

async function list({ node, json }: Asking): Promise<void> {
  const api = new NodeApi(node, note)
  const { quorum, curators } = await api.exhibition()
  const submissions: SubmissionView[] = []
  for await (const submission of api.submissions()) submissions.push(submission)
  if (json === true) {
    printJson({ quorum, curators, submissions })
    return
  }
  if (submissions.length === 0) {
    print('Nothing waits for curators.')
    return
  }
  print(
    table([
      ['SLUG', 'VERSION', 'ADMITTED', 'MEDIUM', 'SIZE', 'BROUGHT IN AT', 'MAKER', 'KEY'],
      ...submissions.flatMap(({ slug, artist, waiting }) =>
        waiting.map((version) => [
          slug,
          String(version.sequence),
          `${version.admittedBy.length} of ${quorum}`,
          version.medium,
          formatBytes(version.size),
          version.intake?.name ?? '',
          version.maker,
          fingerprint(artist),
        ]),
      ),
    ]),
  )
  note('mesh-art curate show SLUG shows one of them.')
}

async function show(text: string, { node, json }: Asking): Promise<void> {
  const api = new NodeApi(node, note)
  const { quorum } = await api.exhibition()
  const { submission, version } = await findWork(api, text)
  const { body, signer } = await manifestRecord(api, version.manifest)
  if (json === true) {
    const { root, ...said } = body
    printJson({ ...submission, signed: { ...said, root: root.toString() }, signer, quorum })
    return
  }
  const text2 = (map: Record<string, string>): string =>
    Object.entries(map)
      .map(([language, said]) => `${said} (${language})`)
      .join('\n')
  print(
    table([
      ['title', text2(body.title).replaceAll('\n', ', ')],
      ['maker', body.maker],
      ['slug', body.slug],
      ['signed by', signer],
      ['key', fingerprint(signer)],
      ['version', `${body.sequence}${submission.shown === null ? '' : '; visitors see an earlier one'}`],
      ['manifest', version.manifest],
      ['files', `${formatBytes(body.size)} in ${body.chunks} chunks, root ${body.root.toString()}`],
      ['brought in at', version.intake === null ? 'not said' : version.intake.name || version.intake.id],
      ['licence', body.licence],
      ['admitted by', `${version.admittedBy.length} of ${quorum}`],
    ]),
  )
  print(`\n${text2(body.statement)}`)
  for (const said of submission.decisions) print(`\n${decisionLine(said)}`)
}

function decisionLine({ kind, curator, manifest, counts, reason }: DecisionView): string {
  const does = {
    admission: manifest === null ? 'admits everything of this artist' : 'admits this version',
    decline: 'declines this version',
    removal: 'removes the work',
  }[kind]
  const about = manifest === null || kind === 'removal' ? '' : ` (${manifest})`
  const why = reason === undefined ? '' : `: ${reason['en'] ?? Object.values(reason)[0] ?? ''}`
  return `${curator.name || curator.did} ${does}${about}${why}${counts ? '' : ' [does not count]'}`
}
