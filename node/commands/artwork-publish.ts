import { encode } from '@ipld/dag-cbor'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sameBytes, sealRecord } from '../../artworks/format/envelope.ts'
import type { Manifest } from '../../artworks/format/records.ts'
import { CommandError } from '../cli/errors.ts'
import { openKeyFromFile } from '../cli/key-from-file.ts'
import { NodeApi } from '../cli/node-api.ts'
import { formatBytes, note, print, printJson, ProgressLine } from '../cli/output.ts'
import { ownRecords } from '../cli/own-records.ts'
import { sendWork } from '../cli/send-work.ts'
import { readArtworkFolder } from '../ingest/artwork-yaml.ts'
import { claimedNow, manifestOf } from '../ingest/manifest.ts'
import { WorkBlocks } from '../ingest/work-blocks.ts'
import { assertUnchanged } from '../ingest/work-files.ts'

export interface PublishOptions {
  node: string
  key: string
  passphraseFile?: string
  claimedTime: boolean
  json?: boolean
}

export async function publish(dir: string, options: PublishOptions): Promise<void> {
  const line = new ProgressLine()
  const api = new NodeApi(options.node, (why) => {
    line.done()
    note(why)
  })
  // What may be wrong is asked for first, and the passphrase before the long work.
  const { description, workDir, files } = await readArtworkFolder(dir)
  const exhibition = await api.exhibition()
  const key = await openKeyFromFile(options.key, options.passphraseFile)
  const artist = didFromPublicKey(key.publicKey)
  if ((await ownRecords(api, 'withdrawal', artist, description.slug)).length > 0) {
    throw new CommandError(
      `'${description.slug}' was withdrawn, and that is for good; publish it under another slug`,
    )
  }
  const blocks = await readWorkBlocks(workDir)
  const versions = (await ownRecords(api, 'artwork', artist, description.slug)).map(({ cid, body }) => ({
    cid,
    body,
  }))
  const newest = versions.toSorted((a, b) => b.body.sequence - a.body.sequence)[0]
  const manifest = manifestOf(description, blocks.imported, {
    exhibition: exhibition.id as Did,
    sequence: (newest?.body.sequence ?? 0) + 1,
    ...(options.claimedTime ? { claimed: claimedNow() } : {}),
  })
  const isKnown = newest !== undefined && saysTheSame(newest.body, manifest)
  try {
    await sendWork(api, blocks, { artist, slug: description.slug }, (have, total) =>
      line.show(`sending: ${have} of ${total} chunks are there`),
    )
  } finally {
    line.done()
  }
  let published = newest
  if (!isKnown || published === undefined) {
    // All that was sent is what was read at the start; that nothing was changed since is a courtesy to its maker.
    await assertUnchanged(workDir, files)
    const record = await sealRecord(manifest, key)
    await api.submit(record.bytes)
    published = { cid: record.cid, body: manifest }
  }
  const { root, size, chunks } = blocks.imported
  const { sequence } = published.body
  const url = new URL(`en/works/${artist}/${description.slug}`, api.base).href
  if (options.json === true) {
    const { slug } = description
    const manifestCid = published.cid
    printJson({
      artist,
      slug,
      sequence,
      manifest: manifestCid,
      root: root.toString(),
      created: !isKnown,
      url,
    })
    return
  }
  print(
    isKnown
      ? `Nothing has changed: '${description.slug}' is published as version ${sequence}, signed by ${artist}.`
      : `Published '${description.slug}', version ${sequence}, signed by ${artist}.`,
  )
  print(`${formatBytes(size)} in ${chunks} chunks, root ${root.toString()}.`)
  print(`See it at ${url}`)
  if (exhibition.quorum > 0)
    print(`It is shown once ${exhibition.quorum} of ${exhibition.curators.length} curators have admitted it.`)
}

/** Reads every file once, and says how far it is. */
export async function readWorkBlocks(workDir: string): Promise<WorkBlocks> {
  const line = new ProgressLine()
  try {
    return await WorkBlocks.read(workDir, {
      onProgress: ({ path, bytesRead, bytesTotal }) =>
        line.show(`reading ${path}: ${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}`),
    })
  } finally {
    line.done()
  }
}

/** Whether two versions differ in nothing but their number and when they were signed. */
function saysTheSame(a: Manifest, b: Manifest): boolean {
  const content = ({ claimed, ...rest }: Manifest): Uint8Array =>
    encode({ ...rest, sequence: 0, isTimed: claimed !== undefined })
  return sameBytes(content(a), content(b))
}
