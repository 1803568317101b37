// Run as a child process: adds records until it is killed, and prints the CID of each one that is durable.
import { writeSync } from 'node:fs'
import { SqliteRecordStore } from '../../../node/store/sqlite-record-store.ts'
import { artworkRecord } from './records.ts'

const [path = ''] = process.argv.slice(2)
const store = await SqliteRecordStore.open(path)
for (let i = 0; ; i++) {
  const stored = await artworkRecord(`work-${i}`)
  store.add(stored)
  writeSync(1, `${stored.record.cid}\n`)
}
