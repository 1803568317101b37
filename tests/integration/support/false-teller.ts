import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { pino } from 'pino'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { sealValue } from '../../../artworks/format/envelope.ts'
import type { NodeView } from '../../../node/http/contract.ts'
import { FramedStream } from '../../../node/mesh/framed-stream.ts'
import { createHost } from '../../../node/mesh/host.ts'
import type { MeshHost } from '../../../node/mesh/host.ts'
import { joinExhibition } from '../../../node/mesh/join-client.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import { statusHoldings } from '../../../node/replication/status-holdings.ts'
import { encodeMessage } from '../../../node/wire/codec.ts'
import { parseInvite } from '../../../node/wire/invite.ts'
import { protocols, topics } from '../../../node/wire/protocols.ts'
import { eventually } from '../../venue/support/eventually.ts'
import type { LoopbackNode } from './node.ts'
import { pageLimitMs } from './technicians.ts'

export interface Told {
  /** Which of its runs. */
  readonly boot: number
  readonly n: number
  /** Told apart by it. */
  readonly version: string
}

interface Member {
  readonly key: Ed25519PrivateKey
  readonly did: Did
  readonly grant: Uint8Array
}

/** A granted peer of the real mesh, by libp2p, that passes on what it likes; `other` is granted too, and has its statuses told by this one. */
export class FalseTeller {
  readonly other: Member
  readonly #host: MeshHost
  readonly #topic: string
  readonly #node: string

  private constructor(host: MeshHost, topic: string, node: string, other: Member) {
    this.#host = host
    this.#topic = topic
    this.#node = node
    this.other = other
  }

  static async at(node: LoopbackNode): Promise<FalseTeller> {
    const { addresses } = await node.json<NodeView>('/api/v1/node')
    const [address = ''] = addresses
    const invite = parseInvite(node.invite)
    const join = async (name: string): Promise<Member> => {
      const key = await generateKeyPair('Ed25519')
      const { grant } = await joinExhibition({
        key,
        invite,
        name,
        version: '0',
        mdns: false,
        budget: defaultQuietBudget,
        peers: [address],
        logger: pino({ level: 'silent' }),
        signal: AbortSignal.timeout(pageLimitMs),
        steadyNowMs: () => performance.now(),
        random: Math.random,
        onRefused: () => undefined,
      })
      return { key, did: didFromPublicKey(key.publicKey), grant }
    }
    const other = await join('other')
    const { key, grant } = await join('teller')
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
    const { gossip } = host.services
    const topic = topics(invite.exhibition).status
    gossip.subscribe(topic)
    const connection = await host.dial(multiaddr(address), { signal: AbortSignal.timeout(pageLimitMs) })
    const stream = await connection.newStream(protocols.membership, {
      signal: AbortSignal.timeout(pageLimitMs),
    })
    const framed = new FramedStream(stream, 256 * 1024)
    await framed.write(encodeMessage({ exhibition: invite.exhibition, grant, version: '0' }))
    if ((await framed.read()) === null) throw new Error('not let in')
    await eventually(
      'the node takes what is gossiped',
      () => {
        if (gossip.getSubscribers(topic).length === 0) throw new Error('not yet')
      },
      pageLimitMs,
    )
    return new FalseTeller(host, topic, connection.remotePeer.toString(), other)
  }

  get isConnected(): boolean {
    return this.#host.getConnections().some(({ remotePeer }) => remotePeer.toString() === this.#node)
  }

  async stop(): Promise<void> {
    await this.#host.stop()
  }

  /** What the other one sealed, at some time. */
  async tell(told: Told): Promise<void> {
    await this.#gossip(await sealValue(statusOf(told), this.other.key))
  }

  /** Of somebody who was never let in. */
  async tellOfStranger(): Promise<void> {
    const key = await generateKeyPair('Ed25519')
    await this.#gossip(await sealValue(statusOf({ boot: 9, n: 1, version: 'stranger' }), key))
  }

  /** The other one's name on what it did not say: its seal, over another text. */
  async forge(told: Told): Promise<void> {
    const sealed = await sealValue(statusOf(told), this.other.key)
    const at = Buffer.from(sealed).indexOf(told.version)
    if (at < 0) throw new Error('the text is not in the envelope')
    sealed[at] = (sealed[at] ?? 0) ^ 1
    await this.#gossip(sealed)
  }

  async #gossip(sealed: Uint8Array): Promise<void> {
    await this.#host.services.gossip.publish(this.#topic, sealed)
  }
}

function statusOf({ boot, n, version }: Told): object {
  return {
    kind: 'status',
    v: 1,
    boot: new Uint8Array(8).fill(boot),
    n,
    name: 'other',
    version,
    neighbours: new Uint8Array(),
    records: new Uint8Array(16),
    works: { complete: 0, total: 0 },
    ...statusHoldings(new Map(), () => 0),
  }
}
