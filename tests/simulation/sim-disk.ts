import { FileChunkStore } from '../../node/store/file-chunk-store.ts'
import type { ChunkStore } from '../../node/store/chunk-store.ts'
import { MemoryChunkStore } from '../../node/store/memory-chunk-store.ts'
import type { Random } from './random.ts'
import { SimFileSystem } from './sim-file-system.ts'
import { SimRecordStore } from './sim-record-store.ts'
import type { VirtualClock } from './virtual-clock.ts'

const DIRECTORY = 'chunks'

/**
 * A node's card. `card`: the real FileChunkStore on a simulated file system, which loses what was not synced; `memory`: chunks in
 * memory that never fail, for simulations of many nodes.
 */
export class SimDisk {
  readonly kind: 'card' | 'memory'
  records = new SimRecordStore()
  readonly #clock: VirtualClock
  readonly files: SimFileSystem
  #memory = new MemoryChunkStore()
  #power = 0
  #onDurable: (name: string) => void = () => {}

  constructor(kind: 'card' | 'memory', clock: VirtualClock, random: Random) {
    this.kind = kind
    this.#clock = clock
    this.files = new SimFileSystem({
      random,
      wait: (ms) => this.#wait(ms),
      onDurable: (name) => this.#onDurable(name),
    })
    this.files.format(DIRECTORY)
  }

  /** Opens the chunks anew, as a starting node does. */
  async open(onDurable: (name: string) => void): Promise<ChunkStore> {
    this.#onDurable = onDurable
    if (this.kind === 'memory') return this.#memory
    return FileChunkStore.open(`/${DIRECTORY}`, { fs: this.files.asFileSystem(), reserveBytes: 0 })
  }

  /** The bytes under a chunk's name, whatever they are. */
  peek(cid: string): Uint8Array | null {
    return this.kind === 'memory' ? new Uint8Array() : this.files.peek(pathOf(cid))
  }

  isDurable(cid: string): boolean {
    return this.files.isDurable(pathOf(cid))
  }

  /** Whether the card changed it and nobody read it since. */
  isRotten(cid: string): boolean {
    return this.files.isRotten(pathOf(cid))
  }

  rot(cid: string, kind: 'flip' | 'unreadable' | 'cut'): boolean {
    return this.files.rot(pathOf(cid), kind)
  }

  powerLoss(): void {
    this.#power += 1
    this.#onDurable = () => {}
    this.files.powerLoss()
  }

  /** A new card. */
  wipe(): void {
    this.powerLoss()
    this.files.format(DIRECTORY)
    this.records = new SimRecordStore()
    this.#memory = new MemoryChunkStore()
  }

  #wait(ms: number): Promise<void> {
    const power = this.#power
    return new Promise((resolve) => {
      this.#clock.after(ms, () => {
        // What waited when the power failed waits for ever.
        if (power === this.#power) resolve()
      })
    })
  }
}

function pathOf(cid: string): string {
  return `/${DIRECTORY}/${cid.slice(-2)}/${cid}`
}
