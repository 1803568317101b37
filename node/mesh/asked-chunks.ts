import type { CID } from 'multiformats/cid'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { RAW_CODEC } from '../../artworks/format/dag.ts'

/**
 * What a neighbour asked for and was not sent yet, in the order to send it: what somebody waits for; then what only links to
 * others, since the neighbour cannot ask for those before; then leaves. Each in the order asked.
 */
export class AskedChunks {
  readonly #first = new Map<string, CID>()
  readonly #links = new Map<string, CID>()
  readonly #leaves = new Map<string, CID>()

  get size(): number {
    return this.#first.size + this.#links.size + this.#leaves.size
  }

  has(key: string): boolean {
    return this.#first.has(key) || this.#links.has(key) || this.#leaves.has(key)
  }

  add(cid: CID): void {
    const key = cidKey(cid)
    if (!this.has(key)) (cid.code === RAW_CODEC ? this.#leaves : this.#links).set(key, cid)
  }

  /** Asked for or not: somebody waits for it. */
  addFirst(cid: CID): void {
    const key = cidKey(cid)
    this.#links.delete(key)
    this.#leaves.delete(key)
    this.#first.set(key, cid)
  }

  delete(key: string): void {
    for (const chunks of [this.#first, this.#links, this.#leaves]) chunks.delete(key)
  }

  clear(): void {
    for (const chunks of [this.#first, this.#links, this.#leaves]) chunks.clear()
  }

  /** The next to send, without taking it away. */
  peek(): CID | undefined {
    for (const chunks of [this.#first, this.#links, this.#leaves]) {
      for (const cid of chunks.values()) return cid
    }
    return undefined
  }
}
