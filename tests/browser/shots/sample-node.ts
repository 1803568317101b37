import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { CID } from 'multiformats/cid'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { distDirectory } from '../../../exhibit-ui/build.ts'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import { createHttpServer } from '../../../node/http/server.ts'
import { sampleWorks } from '../../exhibit-ui/fixture-data.ts'
import { sampleExhibition } from '../../exhibit-ui/fixture-exhibition.ts'
import { fixtureFile } from '../../exhibit-ui/fixture-files.ts'
import { projectDir } from '../../integration/support/command.ts'
import { dids, exhibition, patterned, seal } from '../../node/http/exhibition-fixture.ts'
import type { Exhibition } from '../../node/http/exhibition-fixture.ts'
import { ada, bo, byBo } from '../curate-page.ts'

/** The one that curators still have to decide on. */
export const submitted = 'omweg'
export const withdrawn = 'handdruk'
export const incomplete = 'tijdlijn-zonder-eigenaar'

/** A real node, whose mesh is made up, with the sample works: signed, admitted, one waiting, one withdrawn, one coming in. */
export async function sampleNode(): Promise<{ url: string; close: () => Promise<void> }> {
  const show = await exhibition({ quorum: 1, uiDir: distDirectory, sourceDir: projectDir })
  const { title, statement } = sampleExhibition([])
  const curators = [
    { did: bo, name: 'NEMO' },
    { did: ada, name: 'Waag Futurelab' },
  ]
  await show.accept(
    await seal('steward', { kind: 'exhibition', sequence: 2, title, statement, curators, quorum: 1 }),
  )
  const place = { nl: 'Oosterdokskade 143', en: 'Oosterdokskade 143' }
  await show.accept(
    await seal('steward', { kind: 'node-grant', node: dids.node, name: 'OBA, 3e verdieping', place }),
  )
  for (const work of sampleWorks()) await hang(show, work)
  const reason = { nl: 'Ik wil het opnieuw maken.', en: 'I want to make it anew.' }
  await show.accept(await seal('artist', { kind: 'withdrawal', slug: withdrawn, reason }))
  await meet(show)
  const derivativesDir = await mkdtemp(join(tmpdir(), 'mesh-art-'))
  const server = createHttpServer({
    ...show.deps,
    self: { id: dids.node, name: 'OBA, 3e verdieping', place },
    listen: { ...show.deps.listen, shortName: 'kunst.lan' },
    derivativesDir,
    written: { dir: derivativesDir, log: () => [] },
  })
  const { port } = await server.start()
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await server.stop()
      await rm(derivativesDir, { recursive: true, force: true })
    },
  }
}

async function hang(show: Exhibition, work: ArtworkDetail): Promise<void> {
  const inWork = (url: string): string => url.replace(/^\/works\/[^/]+\//, '')
  const paths = [...work.files.map(({ path }) => path), ...work.captions.map(({ url }) => inWork(url))]
  const files: Record<string, Uint8Array> = {}
  for (const path of paths) {
    const bytes = await fixtureFile(work.root, path)
    if (bytes !== undefined) files[path] = bytes
  }
  // Long enough to be in many pieces, and like no other work, so that no piece of it is here.
  if (work.slug === incomplete) files[work.entry.path] = patterned(24 * 1024 * 1024, 5)
  const poster = work.poster === undefined ? undefined : inWork(work.poster.url)
  const { title, maker, track, medium, technique, year, alt, statement, transcript } = work
  const { dimensions, durationSeconds, warnings, credits, licence, slug } = work
  const isWhole = slug !== incomplete
  await show.publish(slug, files, {
    manifest: {
      ...{ title, maker, track, medium, alt, statement, licence, credits, warnings },
      entry: work.entry.path,
      ...(technique && { technique }),
      ...(year && { year }),
      ...(transcript && { transcript }),
      ...(dimensions && { dimensions }),
      ...(durationSeconds && { durationSeconds: Math.ceil(durationSeconds) }),
      ...(work.captions.length > 0 && {
        captions: work.captions.map(({ lang, url }) => ({ lang, path: inWork(url) })),
      }),
      ...(poster !== undefined &&
        files[poster] !== undefined &&
        work.poster && { poster: { path: poster, alt: work.poster.alt } }),
    },
    ...(isWhole ? {} : { store: (_cid, index) => index % 3 === 0 || index > 24 }),
  })
  const version = show.deps.catalogue.artwork(dids.artist, slug)?.versions[0]?.cid
  if (version === undefined || slug === submitted) return
  await show.accept(await byBo({ kind: 'admission', target: { manifest: CID.parse(version) } }))
}

/** Neighbours that have said what they hold. */
async function meet(show: Exhibition): Promise<void> {
  const names = ['Waag', 'NEMO', 'Pakhuis de Zwijger', 'Bibliobus']
  const ids: Did[] = []
  for (const [index, name] of names.entries()) {
    const { publicKey } = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(60 + index))
    const id = didFromPublicKey(publicKey)
    ids.push(id)
    await show.accept(await seal('steward', { kind: 'node-grant', node: id, name }))
  }
  const roots = show.deps.catalogue.shown().map(({ shown }) => shown.body.root.toString())
  show.mesh.ownRecords = 'same'
  // The last has not been heard of since this node began.
  for (const [index, id] of ids.slice(0, 3).entries()) {
    const peer = show.mesh.peer(id, show.nowMs)
    peer.held = new Map(roots.map((root) => [root, 1]))
    peer.showsTheSame = true
    peer.records = 'same'
    peer.neighbour = index < 2
    peer.neighbours = index === 2 ? [ids[1] as Did] : [dids.node, ids[2] as Did]
    peer.works = { complete: roots.length, total: roots.length }
    if (index < 2) peer.rttMs = 3 + index * 4
  }
}
