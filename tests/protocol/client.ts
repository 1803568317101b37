/**
 * A second implementation, as small as it can be: written from docs/protocol.md alone, with nothing of `node/` or `artworks/`. It joins
 * an exhibition with an invite and fetches its records and a work.
 */
import { createHmac } from 'node:crypto'
import { decode as decodeCbor, encode as encodeCbor } from '@ipld/dag-cbor'
import { decode as decodeDagPb } from '@ipld/dag-pb'
import { identify } from '@libp2p/identify'
import type { Connection } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Libp2p } from 'libp2p'
import { CID } from 'multiformats/cid'
import { Frames, joined } from './frames.ts'
import { didOf, open, sha256 } from './sealed.ts'
import type { Opened } from './sealed.ts'

type Message = Record<string, unknown>
type Prefixed = { p: string; f?: Uint8Array; i?: Uint8Array[]; n?: Uint8Array[]; e?: Uint8Array[] }

const CONTROL = 0
const CHUNK = 1
const DAG_PB = 0x70
const INVITE = 'mesh-art-invite:'
const NONE = new Uint8Array(16)
/** Asked for and not answered, at most (part 7); far fewer will do. */
const WINDOW = 16

export interface Invite {
  readonly exhibition: string
  readonly id: Uint8Array
  readonly secret: Uint8Array
  readonly addresses: readonly string[]
}

/** Part 5. @throws {Error} when it was not copied whole */
export function readInvite(text: string): Invite {
  const bytes = new Uint8Array(Buffer.from(text.slice(INVITE.length), 'base64url'))
  const body = bytes.subarray(0, -4)
  const check = sha256(body).subarray(0, 4)
  if (!text.startsWith(INVITE) || Buffer.compare(check, bytes.subarray(-4)) !== 0)
    throw new Error('not an invite')
  const { x, i, s, a } = decodeCbor(body) as { x: Uint8Array; i: Uint8Array; s: Uint8Array; a: string[] }
  return { exhibition: didOf(x), id: i, secret: s, addresses: a }
}

export class ProtocolClient {
  readonly #host: Libp2p
  readonly #invite: Invite
  #connection: Connection | undefined

  private constructor(host: Libp2p, invite: Invite) {
    this.#host = host
    this.#invite = invite
  }

  static async start(invite: string): Promise<ProtocolClient> {
    const host = await createLibp2p({
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
      services: { identify: identify(), ping: ping() },
      connectionGater: { denyDialMultiaddr: () => false },
    })
    return new ProtocolClient(host, readInvite(invite))
  }

  async stop(): Promise<void> {
    await this.#host.stop()
  }

  /** Parts 5 and 4: asks for a grant, and shows it on a new connection. */
  async join(name: string): Promise<void> {
    const address = multiaddr(this.#invite.addresses[0])
    const asking = await this.#host.dial(address)
    const { exhibition, id, secret } = this.#invite
    const said = ['mesh-art-network/join/1', this.#host.peerId, asking.remotePeer].map(String).join('\n')
    const proof = createHmac('sha256', secret).update(said).digest()
    const request = { exhibition, invite: id, proof: new Uint8Array(proof), name }
    const { grant } = await exchange(asking, '/mesh-art/join/1', request)
    await asking.close()

    const connection = await this.#host.dial(address)
    const hello = await exchange(connection, '/mesh-art/membership/1', {
      exhibition,
      grant,
      version: 'client',
    })
    const shown = open(hello['grant'] as Uint8Array)
    const node = connection.remotePeer.publicKey
    if (shown.signer !== exhibition || node === undefined || shown.value['node'] !== didOf(node.raw))
      throw new Error('the other side shows a grant that is not its own')
    this.#connection = connection
  }

  /** Part 6: everything, for somebody who has nothing yet. */
  async records(): Promise<Opened[]> {
    const frames = await this.#stream('/mesh-art/records/1')
    const say = (message: Message): void => frames.write(encodeCbor(message))
    const hear = async (): Promise<Message> => decodeCbor(await frames.read())
    const wanted: Uint8Array[] = []
    let entries: Prefixed[] = [{ p: '', f: NONE }]
    while (entries.length > 0) {
      say({ t: 'reconcile', m: encodeCbor(entries) })
      const answer = await hear()
      if (answer['t'] !== 'reconcile') throw new Error('no answer to reconcile')
      const theirs = decodeCbor<Prefixed[]>(answer['m'] as Uint8Array)
      entries = theirs.flatMap(({ p, f }) => (f === undefined || isNone(f) ? [] : [{ p, i: [] }]))
      for (const { i = [], e = [] } of theirs) wanted.push(...i, ...e)
    }
    say({ t: 'want', ids: wanted })
    const records: Opened[] = []
    for (;;) {
      const message = await hear()
      if (message['t'] === 'done') break
      for (const { r, i } of message['l'] as { r: Uint8Array; i?: Uint8Array }[]) {
        if (!wanted.some((id) => Buffer.compare(id, sha256(r)) === 0))
          throw new Error('a record nobody asked for')
        if (i !== undefined) open(i)
        records.push(open(r))
      }
    }
    say({ t: 'done' })
    return records
  }

  /** Part 7: all blocks of a work, by CID; each is what its CID names, and is linked to from the root. */
  async work(root: CID): Promise<Map<string, Uint8Array>> {
    const frames = await this.#stream('/mesh-art/chunks/1')
    const say = (message: Message): void =>
      frames.write(joined([Uint8Array.of(CONTROL), encodeCbor(message)]))
    const blocks = new Map<string, Uint8Array>()
    const asked = new Set<string>()
    const known = [root]
    const askMore = (t = 'want'): void => {
      const next = known.filter((cid) => !blocks.has(String(cid)) && !asked.has(String(cid)))
      const c = next.slice(0, Math.max(0, WINDOW - asked.size))
      for (const cid of c) asked.add(String(cid))
      if (c.length > 0) say({ t, c })
    }
    askMore()
    while (asked.size > 0) {
      const frame = await frames.read()
      if (frame[0] === CHUNK) {
        const length = frame[1] ?? 0
        const cid = CID.decode(frame.subarray(2, 2 + length))
        const bytes = frame.subarray(2 + length)
        if (Buffer.compare(cid.multihash.digest, sha256(bytes)) !== 0)
          throw new Error(`wrong bytes of ${String(cid)}`)
        if (!asked.delete(String(cid))) continue
        blocks.set(String(cid), bytes)
        if (cid.code === DAG_PB) known.push(...decodeDagPb(bytes).Links.map(({ Hash }) => Hash))
        askMore()
        continue
      }
      const message = decodeCbor<{ t: string; c?: CID[] }>(frame.subarray(1))
      if (message.t === 'gone') throw new Error('the node does not hold it')
      // It gave them to another neighbour; there is nothing else to ask for here.
      if (message.t === 'later') say({ t: 'insist', c: message.c ?? [] })
    }
    return blocks
  }

  async #stream(protocol: string): Promise<Frames> {
    if (this.#connection === undefined) throw new Error('join first')
    return new Frames(await this.#connection.newStream(protocol))
  }
}

/** One message there, one back. */
async function exchange(connection: Connection, protocol: string, message: Message): Promise<Message> {
  const frames = new Frames(await connection.newStream(protocol))
  frames.write(encodeCbor(message))
  const answer = decodeCbor<Message>(await frames.read())
  if ('refused' in answer) throw new Error(`refused: ${String(answer['refused'])}`)
  return answer
}

function isNone(fingerprint: Uint8Array): boolean {
  return fingerprint.every((byte) => byte === 0)
}
