/** Loaded before a node: it says nothing of its health, so that what an idle node sends besides can be counted apart. */
import { LifeExchange } from '../../../node/mesh/life-exchange.ts'
import { StatusGossip } from '../../../node/mesh/status-gossip.ts'

StatusGossip.prototype.start = function start(): void {
  // `soon` is what sends the first one, on a new neighbour.
  Object.defineProperty(this, 'soon', { value: () => undefined })
}

// Signs of life are the other half of it; with no status to go by they would take every link.
LifeExchange.prototype.start = async function start(): Promise<void> {}
// A neighbour that would be heard of by them is not pinged for being silent.
LifeExchange.prototype.isSilent = function isSilent(): boolean {
  return false
}
