import { Writable } from 'node:stream'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { importer } from 'ipfs-unixfs-importer'
import { CID } from 'multiformats/cid'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { sealRecord } from '../../../artworks/format/envelope.ts'
import type { Manifest, OpenedRecord, RecordBody } from '../../../artworks/format/records.ts'
import { createHttpApp } from '../../../node/http/app.ts'
import { createHttpContext } from '../../../node/http/context.ts'
import type { HttpContext } from '../../../node/http/context.ts'
import type { HttpDependencies } from '../../../node/http/dependencies.ts'
import { httpLimits } from '../../../node/http/limits.ts'
import type { HttpLimits } from '../../../node/http/limits.ts'
import type { HttpApp } from '../../../node/http/valibot-provider.ts'
import { createHttpServer } from '../../../node/http/server.ts'
import type { HttpServer } from '../../../node/http/server.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { DagHoldings } from '../../../node/store/dag-holdings.ts'
import { IntakeDoor } from '../../../node/store/intake-door.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { MemoryRecordStore } from '../../../node/store/memory-record-store.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'
import { ReadThrough } from '../../../node/store/read-through.ts'
import { RecordKeeper } from '../../../node/store/record-keeper.ts'

const keys = {
  steward: await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(1)),
  artist: await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(2)),
  node: await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(3)),
  curator: await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(4)),
  neighbour: await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(5)),
}
type Person = keyof typeof keys
export const dids = Object.fromEntries(
  Object.entries(keys).map(([name, key]) => [name, didFromPublicKey(key.publicKey)]),
) as Record<Person, Did>

/** A record body without what every record has. */
type Said<B = RecordBody> = B extends RecordBody ? Omit<B, 'v' | 'exhibition'> : never

export function seal(who: Person, body: Said): Promise<OpenedRecord<RecordBody>> {
  return sealRecord({ v: 1, exhibition: dids.steward, ...body }, keys[who])
}

export interface ImportedWork {
  readonly root: CID
  readonly size: number
  readonly chunks: number
  readonly blocks: readonly { cid: CID; bytes: Uint8Array }[]
}

/** A UnixFS DAG of files given by path. */
export async function importFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<ImportedWork> {
  const blocks = new Map<string, { cid: CID; bytes: Uint8Array }>()
  const storage = {
    put: async (cid: CID, bytes: unknown): Promise<CID> => {
      blocks.set(cid.toString(), { cid, bytes: bytes as Uint8Array })
      return cid
    },
  }
  const candidates = Object.entries(files).map(([path, content]) => ({
    path,
    content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }))
  let root: CID | undefined
  for await (const entry of importer(candidates, storage, {
    profile: 'unixfs-v1-2025',
    wrapWithDirectory: true,
  })) {
    root = entry.cid
  }
  if (root === undefined) throw new Error('no files')
  const size = [...blocks.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  return { root, size, chunks: blocks.size, blocks: [...blocks.values()] }
}

export function manifestOf(
  slug: string,
  work: Pick<ImportedWork, 'root' | 'size' | 'chunks'>,
  extra: Partial<Manifest> = {},
): Said<Manifest> {
  return {
    kind: 'artwork',
    sequence: 1,
    slug,
    title: { nl: `Werk ${slug}`, en: `Work ${slug}` },
    statement: { nl: 'Een werk.', en: 'A work.' },
    maker: 'A. Maker',
    track: 'public-ai',
    medium: 'interactive',
    entry: 'index.html',
    alt: { nl: 'Een werk', en: 'A work' },
    licence: 'CC-BY-SA-4.0',
    root: work.root,
    size: work.size,
    chunks: work.chunks,
    ...extra,
  }
}

export interface Exhibition {
  readonly deps: HttpDependencies
  readonly chunks: MemoryChunkStore
  readonly holdings: DagHoldings
  readonly mesh: MeshState
  /** Everything logged so far, at every level. */
  readonly log: () => string
  storage: { freeBytes: number; reserveBytes: number }
  nowMs: number
  isReady: boolean
  /** Hands a sealed record in, as the mesh or the door would. */
  accept: (record: OpenedRecord) => Promise<void>
  /** Publishes files as a work and stores them, unless told what to leave out. */
  publish: (
    slug: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    options?: { manifest?: Partial<Manifest>; store?: (cid: CID, index: number) => boolean },
  ) => Promise<ImportedWork>
}

export async function exhibition(
  options: { quorum?: number; uiDir?: string; sourceDir?: string } = {},
): Promise<Exhibition> {
  const lines: string[] = []
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString())
      done()
    },
  })
  const events = createEventBus()
  const catalogue = new Catalogue(dids.steward)
  const records = new MemoryRecordStore()
  const keeper = new RecordKeeper(records, catalogue, events)
  const chunks = new MemoryChunkStore()
  const holdings = new DagHoldings({ chunks, events })
  holdings.start()
  const reads = new ReadThrough({ chunks, events })
  reads.start()
  const mesh = new MeshState()
  const door = new IntakeDoor({ keeper, holdings, nodeKey: keys.node })
  const accept = async (record: OpenedRecord): Promise<void> => {
    await door.submit(record.bytes)
  }
  const made: Exhibition = {
    deps: {
      listen: { host: '127.0.0.1', port: 0 },
      self: { id: dids.node, name: 'kelder' },
      version: '0.1.0-test',
      catalogue,
      records,
      chunks,
      holdings,
      reads,
      mesh,
      door,
      events,
      logger: pino({ level: 'trace' }, sink),
      steadyNowMs: () => made.nowMs,
      storage: async () => made.storage,
      uiDir: options.uiDir ?? '/nowhere/dist',
      sourceDir: options.sourceDir ?? '/nowhere',
      ready: () => made.isReady,
    },
    chunks,
    holdings,
    mesh,
    log: () => lines.join(''),
    storage: { freeBytes: 1e12, reserveBytes: 1e9 },
    nowMs: 1000,
    isReady: true,
    accept,
    publish: async (slug, files, { manifest, store = () => true } = {}) => {
      const work = await importFiles(files)
      await holdings.track(work.root.toString(), work)
      for (const { cid, bytes } of work.blocks) await holdings.add(cid, bytes)
      await accept(await seal('artist', manifestOf(slug, work, manifest)))
      // The door takes only what is all here; a chunk is lost afterwards, as on a node that is still fetching.
      for (const [i, { cid }] of work.blocks.entries()) if (!store(cid, i)) await chunks.delete(cid)
      holdings.untrack(work.root.toString())
      await holdings.track(work.root.toString(), work)
      return work
    },
  }
  await accept(
    await seal('steward', {
      kind: 'exhibition',
      sequence: 1,
      title: { nl: 'Proef', en: 'Trial' },
      statement: { nl: 'Een proef.', en: 'A trial.' },
      curators: [{ did: dids.curator, name: 'C. Curator' }],
      quorum: options.quorum ?? 0,
    }),
  )
  await accept(
    await seal('steward', {
      kind: 'node-grant',
      node: dids.node,
      name: 'Kelder',
      place: { nl: 'beneden', en: 'downstairs' },
    }),
  )
  return made
}

/** The app without a socket, started; stopped when the test ends. */
export async function appOf(
  { deps }: Exhibition,
  limits: Partial<HttpLimits> = {},
): Promise<{ app: HttpApp; context: HttpContext }> {
  const context = createHttpContext(deps, { ...httpLimits, ...limits })
  const app = await createHttpApp(context)
  context.start()
  onTestFinished(async () => {
    await context.stop()
    app.server.closeAllConnections()
    await app.close()
  })
  return { app, context }
}

/** A real server on a port of its own, stopped when the test ends. */
export async function serverOf(
  { deps }: Exhibition,
  limits: Partial<HttpLimits> = {},
): Promise<{ server: HttpServer; port: number; url: string }> {
  const server = createHttpServer(deps, { ...httpLimits, ...limits })
  const { port } = await server.start()
  onTestFinished(() => server.stop())
  return { server, port, url: `http://127.0.0.1:${port}` }
}

/** Bytes that differ from place to place, the same each time. */
export function patterned(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[i] = state >>> 16
  }
  return bytes
}
