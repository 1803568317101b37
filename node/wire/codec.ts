import { decode, encode } from '@ipld/dag-cbor'
import * as v from 'valibot'
import { issueLines } from '../../artworks/format/records.ts'

/** A peer sent what no correct program sends. The stream is reset and the peer's incident counted. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code = 'bad-message'
}

export type Schema<T> = v.GenericSchema<unknown, T>

const isBytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes')

export const bytes = (max: number) =>
  v.pipe(
    isBytes,
    v.check((value) => value.length <= max, `at most ${max} bytes`),
  )

export const bytesOf = (length: number) =>
  v.pipe(
    isBytes,
    v.check((value) => value.length === length, `exactly ${length} bytes`),
  )

export function encodeMessage(message: unknown): Uint8Array {
  return encode(message)
}

/** @throws {WireError} when the bytes are not DAG-CBOR or do not fit the schema */
export function decodeMessage<T>(schema: Schema<T>, frame: Uint8Array): T {
  let value: unknown
  try {
    value = decode(frame)
  } catch (cause) {
    throw new WireError('not DAG-CBOR', { cause })
  }
  return decodeValue(schema, value)
}

/** @throws {WireError} when the value does not fit the schema */
export function decodeValue<T>(schema: Schema<T>, value: unknown): T {
  const parsed = v.safeParse(schema, value)
  if (!parsed.success) throw new WireError(issueLines(parsed.issues).join('; '))
  return parsed.output
}
