import { syncDirectory } from './durable-files.ts'
import type { FileSystem } from './durable-files.ts'

/**
 * Syncs directories, one call for everybody who waits for the same one. A sync that has not begun covers every rename made
 * before it begins; one under way may have begun too early, so a later caller waits for the next.
 */
export class DirectorySyncer {
  readonly #fs: FileSystem
  readonly #running = new Map<string, Promise<void>>()
  readonly #waiting = new Map<string, Promise<void>>()

  constructor(fs: FileSystem) {
    this.#fs = fs
  }

  sync(directory: string): Promise<void> {
    const waiting = this.#waiting.get(directory)
    if (waiting !== undefined) return waiting
    const previous = this.#running.get(directory)
    if (previous === undefined) return this.#begin(directory)
    const next = previous
      .catch(() => {
        // Its own callers have that error; this sync is a new attempt.
      })
      .then(() => this.#begin(directory))
    this.#waiting.set(directory, next)
    return next
  }

  #begin(directory: string): Promise<void> {
    this.#waiting.delete(directory)
    const running = syncDirectory(directory, this.#fs).finally(() => {
      if (this.#running.get(directory) === running) this.#running.delete(directory)
    })
    this.#running.set(directory, running)
    return running
  }
}
