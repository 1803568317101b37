import type { PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import * as v from 'valibot'
import type { Did } from './did-key.ts'
import { openValue, sealValue } from './envelope.ts'
import { FormatError } from './errors.ts'
import { issueLines } from './records.ts'

const intakeSchema = v.strictObject({
  kind: v.literal('intake'),
  v: v.literal(1),
  record: v.pipe(
    v.custom<CID>((value) => CID.asCID(value) !== null, 'must be a CID'),
    v.transform((value) => CID.asCID(value) as CID),
  ),
})

/** A node's countersignature on a record that came in at its door (design, decision 14). It says how, never what is true. */
export interface Intake {
  readonly record: string
  readonly node: Did
  readonly bytes: Uint8Array
}

export async function sealIntake(recordCid: string, nodeKey: PrivateKey): Promise<Uint8Array> {
  return sealValue({ kind: 'intake', v: 1, record: CID.parse(recordCid) }, nodeKey)
}

/** @throws {FormatError} as `openValue`; `bad-record` when it is not an intake */
export async function openIntake(bytes: Uint8Array): Promise<Intake> {
  const { signer, value } = await openValue(bytes)
  const parsed = v.safeParse(intakeSchema, value)
  if (!parsed.success)
    throw new FormatError('bad-record', `not an intake: ${issueLines(parsed.issues).join('; ')}`)
  return { record: parsed.output.record.toString(), node: signer, bytes }
}
