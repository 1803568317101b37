/** Chunks that pass through: a few megabytes of what was read last, in memory only. */
export class PassingChunks {
  readonly #maxBytes: number
  readonly #chunks = new Map<string, Uint8Array>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  has(cid: string): boolean {
    return this.#chunks.has(cid)
  }

  get(cid: string): Uint8Array | null {
    const bytes = this.#chunks.get(cid)
    if (bytes === undefined) return null
    this.#chunks.delete(cid)
    this.#chunks.set(cid, bytes)
    return bytes
  }

  set(cid: string, bytes: Uint8Array): void {
    this.#delete(cid)
    this.#chunks.set(cid, bytes)
    this.#bytes += bytes.length
    for (const oldest of this.#chunks.keys()) {
      if (this.#bytes <= this.#maxBytes) return
      this.#delete(oldest)
    }
  }

  clear(): void {
    this.#chunks.clear()
    this.#bytes = 0
  }

  #delete(cid: string): void {
    this.#bytes -= this.#chunks.get(cid)?.length ?? 0
    this.#chunks.delete(cid)
  }
}
