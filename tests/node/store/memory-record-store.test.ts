import { MemoryRecordStore } from '../../../node/store/memory-record-store.ts'
import { describeRecordStore } from './record-store-compliance.ts'

describeRecordStore('MemoryRecordStore', async () => ({
  store: new MemoryRecordStore(),
  remove: async () => {},
}))
