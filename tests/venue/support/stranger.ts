/**
 * A libp2p program without a grant, on the same network as a node: asks for everything a member may have, and says as JSON
 * what it got. Arguments: multiaddr of the node, id of the exhibition, root of a work it holds; `knock`: it shows its forged grant and
 * asks for nothing else.
 */
import { multiaddr } from '@multiformats/multiaddr'
import { CID } from 'multiformats/cid'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection } from '@libp2p/interface'
import type { Did } from '../../../artworks/format/did-key.ts'
import { sealRecord } from '../../../artworks/format/envelope.ts'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { FramedStream } from '../../../node/mesh/framed-stream.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import { createHost } from '../../../node/mesh/host.ts'
import { openingMessage } from '../../../node/replication/reconcile.ts'
import { DigestSet } from '../../../node/replication/digest-set.ts'
import { packReconcile } from '../../../node/mesh/reconcile-codec.ts'
import { encodeControl } from '../../../node/wire/chunk-messages.ts'
import { encodeMessage } from '../../../node/wire/codec.ts'
import { protocols, topics } from '../../../node/wire/protocols.ts'

/** For half a minute and more: the machine may be slow. */
const DIALS = 60
const [address = '', exhibition = '', root = '', how = ''] = process.argv.slice(2)
const key = await generateKeyPair('Ed25519')
const host = await createHost({
  key,
  exhibition: exhibition as Did,
  listen: [],
  mdns: false,
  budget: defaultQuietBudget,
  version: 'stranger',
  guard: (registrar) => registrar,
  isBanned: () => false,
})
await host.start()

const gossiped: string[] = []
const { gossip } = host.services
gossip.addEventListener('message', (event) => gossiped.push(event.detail.topic))
for (const topic of Object.values(topics(exhibition as Did))) gossip.subscribe(topic)

/**
 * A connection of its own for every attempt: a node closes one over which nobody introduces itself. A node that does not answer is
 * called again, so that what is said below is its answer and not the network's.
 */
async function connect(): Promise<Connection> {
  await Promise.all(host.getConnections().map((connection) => connection.close()))
  for (let attempt = 1; ; attempt++) {
    try {
      return await host.dial(multiaddr(address), { signal: AbortSignal.timeout(15_000), force: true })
    } catch (err) {
      if (attempt === DIALS) throw err
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

/** What comes back on a protocol after saying something: a frame's size, 'nothing' or 'reset'. */
async function attempt(protocol: string, say: Uint8Array): Promise<string> {
  const connection = await connect()
  try {
    const stream = await connection.newStream(protocol, { signal: AbortSignal.timeout(60_000) })
    const framed = new FramedStream(stream, 4 * 1024 * 1024)
    await framed.write(say)
    const frame = await framed.read()
    return frame === null ? 'nothing' : `${frame.length} bytes`
  } catch {
    // Reset or refused: all the same to a stranger.
    return 'reset'
  }
}

/** A grant that it signed itself, as its own steward. */
const forged = await sealRecord(
  {
    kind: 'node-grant',
    v: 1,
    exhibition: didFromPublicKey(key.publicKey),
    node: didFromPublicKey(key.publicKey),
    name: 'stranger',
  },
  key,
)
const membership = () =>
  attempt(protocols.membership, encodeMessage({ exhibition, grant: forged.bytes, version: 'stranger' }))
if (how === 'knock') {
  process.stdout.write(await membership())
  process.exit(0)
}
const got = {
  records: await attempt(
    protocols.records,
    encodeMessage({ t: 'reconcile', m: packReconcile(openingMessage(new DigestSet())) }),
  ),
  chunks: await attempt(protocols.chunks, encodeControl({ t: 'want', c: [CID.parse(root)] })),
  membership: await membership(),
  gossiped,
}
process.stdout.write(JSON.stringify(got))
process.exit(0)
