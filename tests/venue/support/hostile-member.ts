/**
 * A granted node that does not keep to the protocols. Arguments: an invite, multiaddr of the node. Joins as a node does, and
 * then sends what no correct node sends; says as JSON how each ended.
 */
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { pino } from 'pino'
import { FramedStream } from '../../../node/mesh/framed-stream.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import { createHost } from '../../../node/mesh/host.ts'
import { joinExhibition } from '../../../node/mesh/join-client.ts'
import { encodeMessage } from '../../../node/wire/codec.ts'
import { parseInvite } from '../../../node/wire/invite.ts'
import { protocols } from '../../../node/wire/protocols.ts'

const [inviteText = '', address = ''] = process.argv.slice(2)
const invite = parseInvite(inviteText)

/** Each fault with an identity of its own: the first of a banned one would be its last. */
async function member(): Promise<Connection> {
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
  const connection = await host.dial(multiaddr(address))
  const framed = new FramedStream(
    await connection.newStream(protocols.membership, { signal: AbortSignal.timeout(5000) }),
    256 * 1024,
  )
  await framed.write(encodeMessage({ exhibition: invite.exhibition, grant: granted.grant, version: '0' }))
  if ((await framed.read()) === null) throw new Error('not let in')
  return connection
}

async function send(protocol: string, bytes: Uint8Array, then: 'close' | 'keep'): Promise<string> {
  const connection = await member()
  const stream = await connection.newStream(protocol, { signal: AbortSignal.timeout(5000) })
  stream.send(bytes)
  if (then === 'close') await stream.close()
  const until = performance.now() + 15_000
  while (performance.now() < until) {
    if (connection.status !== 'open') return 'cut off'
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return 'still connected'
}

const result = {
  tooLong: await send(protocols.chunks, Uint8Array.of(0xff, 0xff, 0xff, 0x7f), 'keep'),
  truncated: await send(protocols.records, Uint8Array.of(100, 1, 2, 3), 'close'),
  garbage: await send(protocols.chunks, Uint8Array.of(4, 0, 0xff, 0xff, 0xff), 'keep'),
  wrongType: await send(protocols.records, Uint8Array.of(2, 0x61, 0x61), 'keep'),
}
process.stdout.write(JSON.stringify(result))
process.exit(0)
