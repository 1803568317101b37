/** Loaded before a node: it holds good chunks, and sends each leaf with a byte changed. A liar with a valid grant. */
import { RAW_CODEC } from '../../../artworks/format/dag.ts'
import { FileChunkStore } from '../../../node/store/file-chunk-store.ts'

// oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
const honest = FileChunkStore.prototype.get

FileChunkStore.prototype.get = async function get(cid, options) {
  const bytes = await honest.call(this, cid, options)
  if (bytes === null || cid.code !== RAW_CODEC) return bytes
  const changed = bytes.slice()
  changed[0] = (changed[0] ?? 0) ^ 1
  return changed
}
