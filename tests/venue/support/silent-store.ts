/** Loaded before a node: it says what it holds, and never sends a leaf. Alive, granted, and no use to anybody. */
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'

// oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
const answering = FileChunkStore.prototype.get

FileChunkStore.prototype.get = function get(cid, options) {
  if (cid.code !== RAW_CODEC) return answering.call(this, cid, options)
  process.stderr.write('asked for a leaf, and silent\n')
  return new Promise(() => undefined)
}
