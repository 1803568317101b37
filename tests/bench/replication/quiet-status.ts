/** Loaded before a node: it says nothing of its health, so that what an idle node sends besides can be counted apart. */
import { StatusGossip } from '../../../node/mesh/status-gossip.ts'

StatusGossip.prototype.start = function start(): void {
  // `soon` is what sends the first one, on a new neighbour.
  Object.defineProperty(this, 'soon', { value: () => undefined })
}
