import { CID } from 'multiformats/cid'
import * as v from 'valibot'
import { isChunkCid } from '../../artworks/format/dag.ts'
import { isDid } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { bytesOf, decodeMessage, encodeMessage, WireError } from './codec.ts'
import { wireLimits } from './limits.ts'

/**
 * `/mesh-art/chunks/1`. Each of two neighbours opens one stream and keeps it: on it the opener asks (`want`, `insist`, `first`, `seek`, `cancel`) and
 * the other says what it holds (`have`, at first all, then what it gets as it gets it) and answers (`chunk`, `later`, `gone`).
 * First byte of a frame is its type; a chunk's frame is type, CID length, CID, bytes, so that the bytes are never copied into CBOR.
 */
const CHUNK = 1
const CONTROL = 0
/** Of a chunk's frame before its bytes: type, length of the CID, and a CIDv1 with sha2-256, which has 36 bytes. */
export const CHUNK_HEAD_BYTES = 2 + 36

const chunkCid = v.pipe(
  v.custom<CID>((value) => CID.asCID(value) !== null, 'must be a CID'),
  v.transform((value) => CID.asCID(value) as CID),
  v.check(isChunkCid, 'must be a CIDv1 of a raw or dag-pb block with sha2-256'),
)
const did = v.custom<Did>(isDid, 'must be a did:key')
const cids = v.pipe(v.array(chunkCid), v.maxLength(wireLimits.cidsPerMessage))

const controlSchema = v.union([
  v.object({ t: v.literal('want'), c: cids }),
  /** Asked for although the answer was `later`: nothing else is left to ask for. */
  v.object({ t: v.literal('insist'), c: cids }),
  /** Of what was asked for and has not been sent: these before all else. Somebody waits for them. */
  v.object({ t: v.literal('first'), c: cids }),
  /**
   * Somebody waits for these chunks of this work: before all else, and if you do not hold them, fetch them from your
   * neighbours, passed on at most so many times more. The answer is the chunk, or `gone`.
   */
  v.object({
    t: v.literal('seek'),
    root: chunkCid,
    c: cids,
    hops: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(wireLimits.seekHops)),
    /** Nodes that wait for them, the asker last: to ask one of these would be to ask in a circle. */
    waiting: v.pipe(v.array(did), v.maxLength(wireLimits.seekWaiting)),
  }),
  v.object({ t: v.literal('cancel'), c: cids }),
  /** `roots`: DAGs held whole; `c`: single chunks of others. */
  v.object({ t: v.literal('have'), roots: cids, c: cids }),
  /**
   * From the answerer: chunks that every visitor may have anyway can also come over a plain TCP connection to this port, which
   * is opened with a frame that holds the token. Everything else stays on the stream.
   */
  v.object({
    t: v.literal('socket'),
    port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
    token: bytesOf(32),
  }),
  /** Held, and already given to another neighbour, who will offer it: ask for something else first. */
  v.object({ t: v.literal('later'), c: cids }),
  /** Asked for, and not (any more) held. */
  v.object({ t: v.literal('gone'), c: cids }),
])
export type ChunkControl = v.InferOutput<typeof controlSchema>
export type ChunkMessage = ChunkControl | { t: 'chunk'; cid: CID; bytes: Uint8Array }

export function encodeControl(message: ChunkControl): Uint8Array {
  const body = encodeMessage(message)
  const frame = new Uint8Array(1 + body.length)
  frame[0] = CONTROL
  frame.set(body, 1)
  return frame
}

/** Everything of a chunk's frame before its bytes. */
export function chunkFrameHead(cid: CID): Uint8Array {
  const head = new Uint8Array(2 + cid.bytes.length)
  head[0] = CHUNK
  head[1] = cid.bytes.length
  head.set(cid.bytes, 2)
  return head
}

/** The bytes of a chunk are a view of the frame. @throws {WireError} */
export function decodeChunkFrame(frame: Uint8Array): ChunkMessage {
  const [type, cidLength = 0] = frame
  if (type === CONTROL) return decodeMessage(controlSchema, frame.subarray(1))
  if (type !== CHUNK || frame.length < 2 + cidLength) throw new WireError('not a frame of the chunk protocol')
  let cid: CID
  try {
    cid = CID.decode(frame.subarray(2, 2 + cidLength))
  } catch (cause) {
    throw new WireError('a chunk without a valid CID', { cause })
  }
  if (!isChunkCid(cid)) throw new WireError('a chunk with a CID that no work may hold')
  return { t: 'chunk', cid, bytes: frame.subarray(2 + cidLength) }
}
