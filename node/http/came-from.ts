import type { NodeEventBus } from '../lifecycle/events.ts'
import type { MeshState } from '../store/mesh-state.ts'
import { BoundedMap } from './bounded-map.ts'

const ROOTS_KEPT = 1024

/** Which neighbours pieces of a work came from: nodes, never visitors; in memory, since this node started. */
export class CameFrom {
  readonly #events: NodeEventBus
  readonly #mesh: Pick<MeshState, 'sources'>
  readonly #nodes = new BoundedMap<string, Set<string>>(ROOTS_KEPT)

  constructor(events: NodeEventBus, mesh: Pick<MeshState, 'sources'>) {
    this.#events = events
    this.#mesh = mesh
  }

  start(): void {
    this.#events.on('progress', this.#onProgress)
  }

  stop(): void {
    this.#events.off('progress', this.#onProgress)
  }

  of(root: string): string[] {
    this.#onProgress(root)
    return [...(this.#nodes.get(root) ?? [])].sort()
  }

  readonly #onProgress = (root: string): void => {
    const now = this.#mesh.sources.get(root)
    if (now === undefined || now.size === 0) return
    const known = this.#nodes.get(root) ?? new Set()
    for (const id of now) known.add(id)
    this.#nodes.set(root, known)
  }
}
