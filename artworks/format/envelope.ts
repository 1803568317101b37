import { decode as decodeCbor, encode as encodeCbor } from '@ipld/dag-cbor'
import { RecordEnvelope } from '@libp2p/peer-record'
import type { PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import * as digest from 'multiformats/hashes/digest'
import { sha256 } from '@noble/hashes/sha2.js'
import * as v from 'valibot'
import { didFromPublicKey, isDid } from './did-key.ts'
import type { Did } from './did-key.ts'
import { FormatError } from './errors.ts'
import { formatLimits } from './limits.ts'
import { issueLines, recordSchemas } from './records.ts'
import type { OpenedRecord, RecordBody, RecordKind } from './records.ts'

/** Domain separation of signatures (libp2p RFC 0002, "Domain Separation"): no other program signs under it. */
const DOMAIN = 'mesh-art-network/record/1'
/** Payload type of the envelope: the media type of what is inside. */
const PAYLOAD_TYPE = new TextEncoder().encode('application/vnd.mesh-art.record+dag-cbor')
const RAW_CODEC = 0x55
const SHA2_256 = 0x12

const unknownBase = v.object({
  kind: v.pipe(v.string(), v.maxLength(64)),
  v: v.number(),
  exhibition: v.custom<Did>(isDid),
})

/** CIDv1 (raw, sha2-256) of bytes. */
export function cidOfBytes(bytes: Uint8Array): CID {
  return CID.createV1(RAW_CODEC, digest.create(SHA2_256, sha256(bytes)))
}

/** Signs any DAG-CBOR value under our domain. Used for records, intakes and the nodes' own messages. */
export async function sealValue(value: unknown, key: PrivateKey): Promise<Uint8Array> {
  const payload = encodeCbor(value)
  const envelope = await RecordEnvelope.seal(
    {
      domain: DOMAIN,
      codec: PAYLOAD_TYPE,
      marshal: () => payload,
      equals: () => false,
    },
    key,
  )
  const bytes = envelope.marshal()
  if (bytes.length > formatLimits.recordBytes) {
    throw new FormatError(
      'too-large',
      `the record is ${bytes.length} bytes, at most ${formatLimits.recordBytes} fit`,
    )
  }
  return bytes
}

export interface OpenedValue {
  readonly signer: Did
  readonly value: unknown
  /** The value as it was signed: its one DAG-CBOR encoding. */
  readonly payload: Uint8Array
}

/**
 * Opens a sealed value and checks its size, its canonical form and its signature.
 * @throws {FormatError} `too-large`, `bad-envelope`, `not-canonical`, `bad-signature`
 */
export async function openValue(bytes: Uint8Array): Promise<OpenedValue> {
  if (bytes.length > formatLimits.recordBytes) {
    throw new FormatError(
      'too-large',
      `a record of ${bytes.length} bytes, at most ${formatLimits.recordBytes} are taken`,
    )
  }
  let envelope: RecordEnvelope
  try {
    envelope = RecordEnvelope.createFromProtobuf(bytes)
  } catch (cause) {
    throw new FormatError('bad-envelope', 'not a signed envelope (libp2p RFC 0002)', { cause })
  }
  if (!sameBytes(envelope.payloadType, PAYLOAD_TYPE)) {
    throw new FormatError('bad-envelope', 'a signed envelope, but not of a mesh-art record')
  }
  // One record, one byte string: protobuf and CBOR both allow many spellings, we take the one we would write.
  if (!sameBytes(envelope.marshal(), bytes)) {
    throw new FormatError('not-canonical', 'the envelope is not in its canonical encoding')
  }
  let value: unknown
  try {
    value = decodeCbor(envelope.payload)
  } catch (cause) {
    throw new FormatError('bad-envelope', 'the payload is not DAG-CBOR', { cause })
  }
  if (!sameBytes(encodeCbor(value), envelope.payload)) {
    throw new FormatError('not-canonical', 'the payload is not canonical DAG-CBOR')
  }
  const signer = didFromPublicKey(envelope.publicKey)
  let valid = false
  try {
    valid = await envelope.validate(DOMAIN)
  } catch (cause) {
    throw new FormatError('bad-signature', 'the signature cannot be checked', { cause })
  }
  if (!valid) throw new FormatError('bad-signature', 'the signature does not match what is signed')
  return { signer, value, payload: envelope.payload }
}

/** @throws {FormatError} `bad-record` with every mistake and its path, `too-large` */
export async function sealRecord(body: RecordBody, key: PrivateKey): Promise<OpenedRecord<RecordBody>> {
  const checked = v.safeParse(recordSchemas[body.kind], body)
  if (!checked.success) {
    throw new FormatError(
      'bad-record',
      `the ${body.kind} cannot be signed: ${issueLines(checked.issues).join('; ')}`,
    )
  }
  const bytes = await sealValue(withoutUndefined(body), key)
  return {
    cid: cidOfBytes(bytes).toString(),
    signer: didFromPublicKey(key.publicKey),
    exhibition: body.exhibition,
    kind: body.kind,
    body,
    bytes,
  }
}

/**
 * Opens a record. A record of this version and a known kind must fit its schema; one of another kind or version, or with
 * fields we do not know, is opened with `body: null` (design, decision 15).
 * @throws {FormatError} as `openValue`, `bad-record`, `wrong-signer`
 */
export async function openRecord(bytes: Uint8Array): Promise<OpenedRecord> {
  return readRecord(bytes, cidOfBytes(bytes).toString(), await openValue(bytes))
}

/**
 * Opens a record without checking its signature, size or canonical form: only for bytes that this node opened with
 * `openRecord` before it stored them. Several times as fast.
 * @param cid of these bytes, as the caller has just checked: by it a change since then is found
 * @throws {FormatError} `bad-envelope`, `bad-record`, `wrong-signer`
 */
export function openTrustedRecord(bytes: Uint8Array, cid: string): OpenedRecord {
  let opened: OpenedValue
  try {
    const { publicKey, payload } = RecordEnvelope.createFromProtobuf(bytes)
    opened = { signer: didFromPublicKey(publicKey), value: decodeCbor(payload), payload }
  } catch (cause) {
    throw new FormatError('bad-envelope', 'not a signed envelope (libp2p RFC 0002)', { cause })
  }
  return readRecord(bytes, cid, opened)
}

function readRecord(bytes: Uint8Array, cid: string, { signer, value, payload }: OpenedValue): OpenedRecord {
  const head = v.safeParse(unknownBase, value)
  if (!head.success)
    throw new FormatError('bad-record', `not a record: ${issueLines(head.issues).join('; ')}`)
  const { kind, exhibition } = head.output
  const opened = { cid, signer, exhibition, kind, bytes }
  if (!isRecordKind(kind) || head.output.v !== 1) return { ...opened, body: null }
  const parsed = v.safeParse(recordSchemas[kind], value)
  if (!parsed.success)
    throw new FormatError('bad-record', `a bad ${kind}: ${issueLines(parsed.issues).join('; ')}`)
  if ((kind === 'exhibition' || kind === 'node-grant') && signer !== exhibition) {
    throw new FormatError('wrong-signer', `a ${kind} can be signed by the exhibition's steward only`)
  }
  // A schema drops what it does not know; if that loses anything, a newer program wrote the record.
  const complete = sameBytes(encodeCbor(withoutUndefined(parsed.output)), payload)
  return { ...opened, body: complete ? parsed.output : null }
}

export function isRecordKind(kind: string): kind is RecordKind {
  return Object.hasOwn(recordSchemas, kind)
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** DAG-CBOR has no undefined; an absent optional field is simply absent. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}
