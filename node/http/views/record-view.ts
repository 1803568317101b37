import type { StoredRecord } from '../../store/record-store.ts'
import type { RecordView } from '../contract.ts'

export function recordView({ record, intakeNode }: StoredRecord): RecordView {
  return {
    cid: record.cid,
    kind: record.kind,
    signer: record.signer,
    envelope: Buffer.from(record.bytes.buffer, record.bytes.byteOffset, record.bytes.length).toString(
      'base64',
    ),
    intakeNode,
  }
}
