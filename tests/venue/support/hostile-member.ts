/**
 * A granted node that does not keep to the protocols. Arguments: an invite, multiaddr of the node. Joins as a node does, and
 * then sends what no correct node sends; says as JSON how each ended.
 */
import { randomBytes } from 'node:crypto'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, StreamHandler } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { CID } from 'multiformats/cid'
import { create as createDigest } from 'multiformats/hashes/digest'
import { pino } from 'pino'
import { FramedStream } from '../../../node/mesh/framed-stream.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import { createHost } from '../../../node/mesh/host.ts'
import type { MeshHost } from '../../../node/mesh/host.ts'
import { joinExhibition } from '../../../node/mesh/join-client.ts'
import { encodeControl } from '../../../node/wire/chunk-messages.ts'
import { encodeMessage } from '../../../node/wire/codec.ts'
import { parseInvite } from '../../../node/wire/invite.ts'
import { protocols, topics } from '../../../node/wire/protocols.ts'

const [inviteText = '', address = ''] = process.argv.slice(2)
const invite = parseInvite(inviteText)

/** Each fault with an identity of its own: the first of a banned one would be its last. */
async function member(serve?: StreamHandler): Promise<{ connection: Connection; host: MeshHost }> {
  const key = await generateKeyPair('Ed25519')
  const granted = await joinExhibition({
    key,
    invite,
    name: 'hostile',
    version: '0',
    mdns: false,
    budget: defaultQuietBudget,
    peers: [address],
    logger: pino({ level: 'silent' }),
    signal: AbortSignal.timeout(20_000),
    steadyNowMs: () => performance.now(),
    random: Math.random,
    onRefused: () => undefined,
  })
  const host = await createHost({
    key,
    exhibition: invite.exhibition,
    listen: [],
    mdns: false,
    budget: defaultQuietBudget,
    version: '0',
    guard: (registrar) => registrar,
    isBanned: () => false,
  })
  await host.start()
  if (serve !== undefined) await host.handle(protocols.chunks, serve)
  const connection = await host.dial(multiaddr(address))
  const framed = new FramedStream(
    await connection.newStream(protocols.membership, { signal: AbortSignal.timeout(5000) }),
    256 * 1024,
  )
  await framed.write(encodeMessage({ exhibition: invite.exhibition, grant: granted.grant, version: '0' }))
  if ((await framed.read()) === null) throw new Error('not let in')
  return { connection, host }
}

async function ending(connection: Connection): Promise<string> {
  const until = performance.now() + 20_000
  while (performance.now() < until) {
    if (connection.status !== 'open') return 'cut off'
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return 'still connected'
}

async function send(protocol: string, bytes: Uint8Array, then: 'close' | 'keep'): Promise<string> {
  const { connection } = await member()
  const stream = await connection.newStream(protocol, { signal: AbortSignal.timeout(5000) })
  stream.send(bytes)
  if (then === 'close') await stream.close()
  return ending(connection)
}

function inventedChunks(count: number): CID[] {
  return Array.from({ length: count }, () => CID.createV1(0x55, createDigest(0x12, randomBytes(32))))
}

/** Says that it holds ever more chunks, which nobody has heard of. */
async function claimsTooMuch(): Promise<string> {
  const { connection } = await member(async (stream) => {
    const framed = new FramedStream(stream, 256 * 1024)
    for (let i = 0; i < 200; i++) {
      await framed.write(encodeControl({ t: 'have', roots: [], c: inventedChunks(2000) }))
    }
  })
  return ending(connection)
}

/** Asks for more than may wait. */
async function asksTooMuch(): Promise<string> {
  const { connection } = await member()
  const stream = await connection.newStream(protocols.chunks, { signal: AbortSignal.timeout(5000) })
  await new FramedStream(stream, 256 * 1024).write(encodeControl({ t: 'want', c: inventedChunks(2000) }))
  return ending(connection)
}

/** Gossips what are no records, and as many as it can. */
async function floodsRecords(): Promise<string> {
  const { connection, host } = await member()
  const topic = topics(invite.exhibition).records
  const { gossip } = host.services
  gossip.subscribe(topic)
  for (let i = 0; i < 5000 && connection.status === 'open'; i++) {
    await gossip.publish(topic, randomBytes(200)).catch(() => undefined)
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return ending(connection)
}

/** Opens 10,000 streams on one connection. */
async function opensStreams(): Promise<string> {
  const { connection } = await member()
  for (let i = 0; i < 10_000 && connection.status === 'open'; i++) {
    await connection.newStream(protocols.records, { maxOutboundStreams: 20_000 }).catch(() => undefined)
  }
  return ending(connection)
}

const result = {
  tooLong: await send(protocols.chunks, Uint8Array.of(0xff, 0xff, 0xff, 0x7f), 'keep'),
  truncated: await send(protocols.records, Uint8Array.of(100, 1, 2, 3), 'close'),
  garbage: await send(protocols.chunks, Uint8Array.of(4, 0, 0xff, 0xff, 0xff), 'keep'),
  wrongType: await send(protocols.records, Uint8Array.of(2, 0x61, 0x61), 'keep'),
  claimsTooMuch: await claimsTooMuch(),
  asksTooMuch: await asksTooMuch(),
  floodsRecords: await floodsRecords(),
  opensStreams: await opensStreams(),
}
process.stdout.write(JSON.stringify(result))
process.exit(0)
