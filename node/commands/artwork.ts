import { Command } from 'commander'
import { base64 } from 'multiformats/bases/base64'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord, sealRecord } from '../../artworks/format/envelope.ts'
import { isKind } from '../../artworks/format/records.ts'
import { CommandError } from '../cli/errors.ts'
import { openKeyFromFile } from '../cli/key-from-file.ts'
import { NodeApi } from '../cli/node-api.ts'
import { formatBytes, note, print, printJson, ProgressLine, table } from '../cli/output.ts'
import { readArtworkFolder } from '../ingest/artwork-yaml.ts'
import { importDirectory } from '../ingest/import-directory.ts'
import type { ImportedDirectory } from '../ingest/import-directory.ts'
import { claimedNow, manifestOf } from '../ingest/manifest.ts'

const DEFAULT_NODE = 'http://localhost:8080'

interface NodeOption {
  node: string
}

interface KeyOption {
  key: string
  passphraseFile?: string
}

export function artworkCommand(): Command {
  const artwork = new Command('artwork').description("an artist's work without a browser")
  artwork
    .command('check')
    .description('looks whether a folder can be published: artwork.yaml, and the files in work/')
    .argument('<dir>', 'folder of the artwork')
    .option('--json', 'prints data')
    .action(check)
  artwork
    .command('publish')
    .description('signs a work and brings it, or a new version of it, to a node')
    .argument('<dir>', 'folder of the artwork')
    .requiredOption('--key <file>', 'key file of the artist (mesh-art key create)')
    .option('--passphrase-file <file>', 'file with the passphrase of the key')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--no-claimed-time', 'does not say when it was signed')
    .option('--json', 'prints data')
    .action(publish)
  artwork
    .command('withdraw')
    .description('withdraws a work, everywhere and for good')
    .argument('<slug>', 'slug of the work')
    .requiredOption('--key <file>', 'key file of the artist')
    .option('--passphrase-file <file>', 'file with the passphrase of the key')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--reason-nl <text>', 'a reason for visitors, in Dutch')
    .option('--reason-en <text>', 'a reason for visitors, in English')
    .option('--json', 'prints data')
    .action(withdraw)
  artwork
    .command('list')
    .description('lists the works that a node shows')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--json', 'prints data')
    .action(list)
  return artwork
}

async function check(dir: string, { json }: { json?: boolean }): Promise<void> {
  const { description, workDir, files } = await readArtworkFolder(dir)
  const imported = await count(workDir)
  if (json === true) {
    printJson({
      ...description,
      root: imported.root.toString(),
      size: imported.size,
      chunks: imported.chunks,
      files: files.files.length,
    })
    return
  }
  print(`'${description.slug}' can be published.`)
  print(
    table([
      ['root', imported.root.toString()],
      ['size', `${formatBytes(imported.size)} in ${imported.chunks} chunks, ${files.files.length} files`],
      ['track', description.track],
      ['languages', Object.keys(description.title).join(', ')],
      ['licence', description.licence],
    ]),
  )
  for (const path of imported.ignored) note(`left out: ${path}`)
}

async function count(workDir: string): Promise<ImportedDirectory> {
  const line = new ProgressLine()
  try {
    return await importDirectory(workDir, async () => undefined, {
      onProgress: ({ path, bytesRead, bytesTotal }) =>
        line.show(`reading ${path}: ${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}`),
    })
  } finally {
    line.done()
  }
}

async function publish(
  dir: string,
  options: NodeOption & KeyOption & { claimedTime: boolean; json?: boolean },
): Promise<void> {
  const api = new NodeApi(options.node)
  const { description, workDir } = await readArtworkFolder(dir)
  const exhibition = await api.exhibition()
  const key = await openKeyFromFile(options.key, options.passphraseFile)
  const artist = didFromPublicKey(key.publicKey)
  // Twice over the files: first to know the root, then to send what the node has not got. Nothing is kept in memory.
  const counted = await count(workDir)
  await send(api, workDir, counted)
  const sequence = (await newestSequence(api, artist, description.slug)) + 1
  const manifest = manifestOf(description, counted, {
    exhibition: exhibition.id as Did,
    sequence,
    ...(options.claimedTime ? { claimed: claimedNow() } : {}),
  })
  const record = await sealRecord(manifest, key)
  await api.submit(record.bytes)
  const address = new URL(`en/works/${artist}/${description.slug}`, api.base).href
  if (options.json === true) {
    printJson({
      artist,
      slug: description.slug,
      sequence,
      manifest: record.cid,
      root: counted.root.toString(),
      url: address,
    })
    return
  }
  print(`Published '${description.slug}', version ${sequence}, signed by ${artist}.`)
  print(`${formatBytes(counted.size)} in ${counted.chunks} chunks, root ${counted.root.toString()}.`)
  print(`See it at ${address}`)
  if (exhibition.quorum > 0)
    print(`It is shown once ${exhibition.quorum} of ${exhibition.curators.length} curators have admitted it.`)
}

async function send(api: NodeApi, workDir: string, counted: ImportedDirectory): Promise<void> {
  const root = counted.root.toString()
  let state = await api.openUpload({ root, size: counted.size, chunks: counted.chunks })
  const line = new ProgressLine()
  const stop = new AbortController()
  try {
    // A node takes what it knows that it wants: parents before children. So each pass sends what is wanted by then.
    for (let lastHave = -1; !state.complete;) {
      if (state.have === lastHave)
        throw new CommandError('the node takes none of the chunks that are left; publish again to go on')
      lastHave = state.have
      const wanted = new Set(state.wanted)
      let sent = state.have
      const again = await importDirectory(
        workDir,
        async (cid, bytes) => {
          if (!wanted.delete(cid.toString())) return
          await api.putChunk(root, cid, bytes, stop.signal)
          sent += 1
          line.show(`sending: ${sent} of ${state.total} chunks`)
        },
        { signal: stop.signal },
      )
      if (!again.root.equals(counted.root)) {
        throw new CommandError(
          'a file was changed while the work was being published; nothing was published, try again',
        )
      }
      state = await api.upload(root)
    }
  } finally {
    line.done()
  }
}

/** The highest sequence among this artist's versions of the work that the node knows, 0 if there is none. */
async function newestSequence(api: NodeApi, artist: Did, slug: string): Promise<number> {
  let newest = 0
  for await (const { signer, envelope } of api.records('artwork')) {
    if (signer !== artist) continue
    const record = await openRecord(base64.baseDecode(envelope.replace(/=+$/, '')))
    if (isKind(record, 'artwork') && record.body.slug === slug)
      newest = Math.max(newest, record.body.sequence)
  }
  return newest
}

async function withdraw(
  slug: string,
  options: NodeOption & KeyOption & { reasonNl?: string; reasonEn?: string; json?: boolean },
): Promise<void> {
  const api = new NodeApi(options.node)
  const exhibition = await api.exhibition()
  const key = await openKeyFromFile(options.key, options.passphraseFile)
  const artist = didFromPublicKey(key.publicKey)
  if ((await newestSequence(api, artist, slug)) === 0) {
    throw new CommandError(
      `this node knows no work '${slug}' signed with this key; mesh-art artwork list shows what it has`,
    )
  }
  const reason = {
    ...(options.reasonNl === undefined ? {} : { nl: options.reasonNl }),
    ...(options.reasonEn === undefined ? {} : { en: options.reasonEn }),
  }
  const record = await sealRecord(
    {
      kind: 'withdrawal',
      v: 1,
      exhibition: exhibition.id as Did,
      claimed: claimedNow(),
      slug,
      ...(Object.keys(reason).length === 0 ? {} : { reason }),
    },
    key,
  )
  await api.submit(record.bytes)
  if (options.json === true) printJson({ artist, slug, withdrawal: record.cid })
  else
    print(
      `'${slug}' is withdrawn. Every node lets go of its files as it hears of it, and none takes it back.`,
    )
}

async function list(options: NodeOption & { json?: boolean }): Promise<void> {
  const works = await new NodeApi(options.node).artworks()
  if (options.json === true) {
    printJson(works)
    return
  }
  if (works.length === 0) {
    print('No works are shown yet.')
    return
  }
  print(
    table([
      ['TRACK', 'SLUG', 'MEDIUM', 'VERSION', 'HERE', 'SIZE', 'MAKER'],
      ...works.map(({ track, slug, medium, sequence, progress, size, maker }) => [
        track,
        slug,
        medium,
        String(sequence),
        progress.complete ? 'whole' : `${progress.have}/${progress.total}`,
        formatBytes(size),
        maker,
      ]),
    ]),
  )
}
