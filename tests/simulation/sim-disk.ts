import { FileChunkStore } from '../../node/store/file-chunk-store.ts'
import type { ChunkStore } from '../../node/store/chunk-store.ts'
import { MemoryChunkStore } from '../../node/store/memory-chunk-store.ts'
import type { Random } from './random.ts'
import { SimFileSystem } from './sim-file-system.ts'
import { SimRecordStore } from './sim-record-store.ts'
import type { VirtualClock } from './virtual-clock.ts'

const DIRECTORY = 'chunks'
/** What a store may write between two looks at how much is free. */
const UNCHECKED_BYTES = 64
/** What was being written when the disk shrank is on the card by then. */
const WRITTEN_WITHIN_MS = 1_000

export interface DiskListener {
  /** A file is on the card for certain. */
  onDurable(name: string): void
  /** Something was written into what is to be left free. */
  onReserveUsed(freeBytes: number): void
}

const nobody: DiskListener = { onDurable: () => {}, onReserveUsed: () => {} }

/**
 * A node's card. `card`: the real FileChunkStore on a simulated file system, which loses what was not synced; `memory`: chunks in
 * memory that never fail, for simulations of many nodes.
 */
export class SimDisk {
  readonly kind: 'card' | 'memory'
  /** Bytes that are left free. */
  readonly reserveBytes: number
  records = new SimRecordStore()
  readonly #clock: VirtualClock
  readonly files: SimFileSystem
  #memory = new MemoryChunkStore()
  #power = 0
  #listener = nobody
  #shrunkAtMs = Number.NEGATIVE_INFINITY
  /** What was left free when it shrank. */
  #leftBytes = Number.POSITIVE_INFINITY

  constructor(kind: 'card' | 'memory', clock: VirtualClock, random: Random) {
    this.kind = kind
    this.reserveBytes = random.pick([0, 300])
    this.#clock = clock
    this.files = new SimFileSystem({
      random,
      wait: (ms) => this.#wait(ms),
      onDurable: (name) => this.#listener.onDurable(name),
      onWritten: () => this.#lookAtReserve(),
    })
    this.files.format(DIRECTORY)
  }

  /** Opens the chunks anew, as a starting node does. */
  async open(listener: DiskListener): Promise<ChunkStore> {
    this.#listener = listener
    if (this.kind === 'memory') return this.#memory
    return FileChunkStore.open(`/${DIRECTORY}`, {
      fs: this.files.asFileSystem(),
      reserveBytes: this.reserveBytes,
      uncheckedBytes: UNCHECKED_BYTES,
    })
  }

  get freeBytes(): number {
    return this.files.capacityBytes - this.files.usedBytes
  }

  /** Something else takes all but so much of what is free. */
  fill(leftBytes: number): void {
    this.files.capacityBytes = this.files.usedBytes + leftBytes
    this.#shrunkAtMs = this.#clock.nowMs
    this.#leftBytes = leftBytes
  }

  /** There is room again. */
  relieve(): void {
    this.files.capacityBytes = Number.POSITIVE_INFINITY
    this.#leftBytes = Number.POSITIVE_INFINITY
    this.records.full = false
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
    this.#listener = nobody
    this.files.powerLoss()
  }

  /** A new card. */
  wipe(): void {
    this.powerLoss()
    this.files.format(DIRECTORY)
    this.records = new SimRecordStore()
    this.#memory = new MemoryChunkStore()
  }

  #lookAtReserve(): void {
    if (this.#clock.nowMs - this.#shrunkAtMs < WRITTEN_WITHIN_MS) {
      this.#leftBytes = Math.min(this.#leftBytes, this.freeBytes)
      return
    }
    const leastBytes = Math.min(this.reserveBytes, this.#leftBytes) - UNCHECKED_BYTES
    if (this.freeBytes < leastBytes) this.#listener.onReserveUsed(this.freeBytes)
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
  return `/${DIRECTORY}/${cid}`
}
