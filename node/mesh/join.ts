import type { Connection, Libp2p, PrivateKey, Stream } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Catalogue } from '../../artworks/format/catalogue.ts'
import { openRecord, sameBytes, sealRecord } from '../../artworks/format/envelope.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { RecordKeeper } from '../store/record-keeper.ts'
import { decodeMessage, encodeMessage } from '../wire/codec.ts'
import { inviteSecret, joinProof } from '../wire/invite.ts'
import type { Invite } from '../wire/invite.ts'
import { wireLimits } from '../wire/limits.ts'
import { joinReplySchema, joinRequestSchema } from '../wire/membership-messages.ts'
import type { JoinReply, JoinRequest, RefusalReason } from '../wire/membership-messages.ts'
import { protocols } from '../wire/protocols.ts'
import { abortAfter, FramedStream } from './framed-stream.ts'
import { meshLimits } from './limits.ts'
import { didOfPeer } from './peer-did.ts'

export interface JoinDoorDependencies {
  readonly host: Libp2p
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly state: Pick<MeshState, 'isJoiningClosed' | 'addWaiting'>
  readonly steadyNowMs: () => number
  /** Null on a node that does not hold the exhibition's key: it says so, and the joiner asks another. */
  readonly stewardKey: PrivateKey | null
  readonly logger: Logger
}

/** Answers `/mesh-art/join/1`: grants a node that proves it knows an invite. Open to strangers, so everything is bounded. */
export class JoinDoor {
  readonly #deps: JoinDoorDependencies

  constructor(deps: JoinDoorDependencies) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    await this.#deps.host.handle(protocols.join, this.#answer, { maxInboundStreams: 1 })
  }

  async stop(): Promise<void> {
    await this.#deps.host.unhandle(protocols.join)
  }

  readonly #answer = async (stream: Stream, connection: Connection): Promise<void> => {
    const done = abortAfter(stream, meshLimits.joinTimeoutMs, 'join')
    const framed = new FramedStream(stream, wireLimits.controlFrameBytes)
    try {
      const frame = await framed.read()
      if (frame === null) throw new Error('nothing was said')
      await framed.write(
        encodeMessage(await this.#judge(decodeMessage(joinRequestSchema, frame), connection)),
      )
      await framed.close()
    } catch (err) {
      this.#deps.logger.debug({ err }, 'a join came to nothing')
      stream.abort(err instanceof Error ? err : new Error(String(err)))
    } finally {
      done()
    }
  }

  async #judge(request: JoinRequest, connection: Connection): Promise<JoinReply> {
    const { catalogue, stewardKey, keeper, host, state, steadyNowMs, logger } = this.#deps
    const did = didOfPeer(connection.remotePeer)
    const exhibition = catalogue.exhibition
    if (did === null) return { refused: 'bad-message' }
    if (request.exhibition !== catalogue.id || exhibition === null) return { refused: 'other-exhibition' }
    if (stewardKey === null) return { refused: 'no-steward-here' }
    if (exhibition.body.revokedNodes?.includes(did) === true) return { refused: 'not-granted' }
    const known = catalogue.grant(did)
    if (known !== undefined) return { grant: known.bytes, exhibition: exhibition.bytes }
    if (state.isJoiningClosed) {
      state.addWaiting(did, request.name, steadyNowMs())
      return { refused: 'no-steward-here' }
    }
    const secret = inviteSecret(stewardKey.raw, request.invite)
    const proof = joinProof(secret, connection.remotePeer.toString(), host.peerId.toString())
    if (!sameBytes(proof, request.proof)) {
      state.addWaiting(did, request.name, steadyNowMs())
      logger.warn({ node: did }, 'a node tried to join with an invite that is not ours')
      return { refused: 'bad-invite' }
    }
    const grant = await sealRecord(
      { kind: 'node-grant', v: 1, exhibition: catalogue.id, node: did, name: request.name },
      stewardKey,
    )
    await keeper.accept(grant.bytes, null, 'local')
    logger.info({ node: did, name: request.name }, 'a node joined the exhibition')
    return { grant: grant.bytes, exhibition: exhibition.bytes }
  }
}

/** Asks one connected peer for a grant. @returns the sealed grant and exhibition record, or why not */
export async function askToJoin(
  connection: Connection,
  invite: Invite,
  self: { peerId: string; did: string; name: string },
): Promise<{ grant: Uint8Array; exhibition: Uint8Array } | { refused: RefusalReason }> {
  const signal = AbortSignal.timeout(meshLimits.joinTimeoutMs)
  const stream = await connection.newStream(protocols.join, { signal })
  const done = abortAfter(stream, meshLimits.joinTimeoutMs, 'join')
  const framed = new FramedStream(stream, wireLimits.controlFrameBytes)
  try {
    await framed.write(
      encodeMessage({
        exhibition: invite.exhibition,
        invite: invite.id,
        proof: joinProof(invite.secret, self.peerId, connection.remotePeer.toString()),
        name: self.name.slice(0, wireLimits.nameLength),
      }),
    )
    const frame = await framed.read()
    if (frame === null) throw new Error('no answer')
    const reply = decodeMessage(joinReplySchema, frame)
    if ('refused' in reply) return reply
    const grant = await openRecord(reply.grant)
    const exhibition = await openRecord(reply.exhibition)
    const good =
      isKind(grant, 'node-grant') &&
      isKind(exhibition, 'exhibition') &&
      grant.body.node === self.did &&
      grant.exhibition === invite.exhibition &&
      exhibition.exhibition === invite.exhibition
    // The steward's signature on both was checked by openRecord: their signer is the exhibition's key.
    return good ? reply : { refused: 'bad-message' }
  } finally {
    done()
    await framed.close().catch(() => stream.abort(new Error('join is over')))
  }
}
