import { CID } from 'multiformats/cid'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import type { RecordBody } from '../../artworks/format/records.ts'
import { CommandError } from '../cli/errors.ts'
import { openKeyFromFile, showKeyOfFile } from '../cli/key-from-file.ts'
import { NodeApi } from '../cli/node-api.ts'
import { note, print, printJson } from '../cli/output.ts'
import { manifestRecord } from '../cli/records-of-node.ts'
import type { ExhibitionView } from '../http/contract.ts'
import { claimedNow } from '../ingest/manifest.ts'
import { findWork } from './curate-work.ts'

export interface DecideOptions {
  node: string
  key: string
  passphraseFile?: string
  claimedTime: boolean
  json?: boolean
}

export interface ReasonedOptions extends DecideOptions {
  reasonNl: string
  reasonEn: string
}

export async function admit(text: string, options: DecideOptions & { artist?: boolean }): Promise<void> {
  const { api, exhibition } = await begin(options)
  const { submission, version } = await findWork(api, text)
  // What is admitted is what the artist signed, not what the node says they did.
  const manifest = await manifestRecord(api, version.manifest)
  const target = options.artist === true ? { artist: manifest.signer } : { manifest: CID.parse(manifest.cid) }
  const cid = await sign(api, options, { kind: 'admission', ...common(exhibition, options), target })
  const { slug } = submission
  const what = options.artist === true ? `every work of ${manifest.signer}` : `version ${version.sequence}`
  tell(options, { admission: cid, artist: manifest.signer, slug, manifest: manifest.cid }, [
    `Admitted ${what} ('${slug}').`,
    `It is shown once ${exhibition.quorum} of ${exhibition.curators.length} curators have admitted it.`,
  ])
}

export async function decline(text: string, options: ReasonedOptions): Promise<void> {
  const { api, exhibition } = await begin(options)
  const { submission, version } = await findWork(api, text)
  const manifest = await manifestRecord(api, version.manifest)
  const cid = await sign(api, options, {
    kind: 'decline',
    ...common(exhibition, options),
    manifest: CID.parse(manifest.cid),
    reason: reasonOf(options),
  })
  const { slug } = submission
  tell(options, { decline: cid, artist: manifest.signer, slug, manifest: manifest.cid }, [
    `Declined version ${version.sequence} of '${slug}'. Every visitor can read why.`,
  ])
}

export async function remove(text: string, options: ReasonedOptions): Promise<void> {
  const { api, exhibition } = await begin(options)
  const { artist, slug } = await workToRemove(api, text)
  const cid = await sign(api, options, {
    kind: 'removal',
    ...common(exhibition, options),
    artist,
    slug,
    reason: reasonOf(options),
  })
  const needed = Math.max(1, exhibition.quorum)
  tell(options, { removal: cid, artist, slug }, [
    `You said that '${slug}' is to go. It goes once ${needed} of ${exhibition.curators.length} curators say so.`,
  ])
}

/** A work that is shown can be removed as well as one that waits. */
async function workToRemove(api: NodeApi, text: string): Promise<{ artist: Did; slug: string }> {
  const shown = (await api.artworks()).filter(({ artist, slug, manifest }) =>
    [slug, `${artist}/${slug}`, manifest].includes(text),
  )
  const [one, other] = shown
  if (other !== undefined) {
    const choice = shown.map(({ artist, slug }) => `${artist}/${slug}`).join(', ')
    throw new CommandError(`'${text}' is the slug of several artists; write one of ${choice}`)
  }
  if (one !== undefined) return { artist: one.artist as Did, slug: one.slug }
  const { submission } = await findWork(api, text)
  return { artist: submission.artist as Did, slug: submission.slug }
}

async function begin(options: DecideOptions): Promise<{ api: NodeApi; exhibition: ExhibitionView }> {
  const api = new NodeApi(options.node, note)
  const exhibition = await api.exhibition()
  const { did } = await showKeyOfFile(options.key)
  const mayDecide =
    exhibition.curators.length === 0
      ? did === exhibition.id
      : exhibition.curators.some((curator) => curator.did === did)
  if (!mayDecide) {
    throw new CommandError(`${did} is no curator of this exhibition; mesh-art exhibition show says who is`)
  }
  return { api, exhibition }
}

function common(
  exhibition: ExhibitionView,
  { claimedTime }: DecideOptions,
): { v: 1; exhibition: Did; claimed?: string } {
  return { v: 1, exhibition: exhibition.id as Did, ...(claimedTime ? { claimed: claimedNow() } : {}) }
}

function reasonOf({ reasonNl, reasonEn }: ReasonedOptions): { nl: string; en: string } {
  return { nl: reasonNl, en: reasonEn }
}

/** @returns the CID of the record the node took */
async function sign(api: NodeApi, options: DecideOptions, body: RecordBody): Promise<string> {
  const key = await openKeyFromFile(options.key, options.passphraseFile)
  return (await api.submit((await sealRecord(body, key)).bytes)).cid
}

function tell(options: DecideOptions, data: unknown, lines: readonly string[]): void {
  if (options.json === true) printJson(data)
  else for (const line of lines) print(line)
}
