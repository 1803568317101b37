import type { CID } from 'multiformats/cid'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { isVerifiedBlock } from '../../node/store/block-hash.ts'
import type { ChunkStore } from '../../node/store/chunk-store.ts'
import type { MeshState } from '../../node/store/mesh-state.ts'
import type { Behaviour } from './sim-node.ts'
import type { Mutations } from './world.ts'

/** A store with some of its methods replaced. */
function altered(store: ChunkStore, changes: Partial<ChunkStore>): ChunkStore {
  return {
    has: (cid) => store.has(cid),
    get: (cid, options) => store.get(cid, options),
    put: (cid, bytes) => store.put(cid, bytes),
    delete: (cid) => store.delete(cid),
    size: (cid) => store.size(cid),
    list: () => store.list(),
    usage: () => store.usage(),
    onDamage: (listener) => store.onDamage(listener),
    close: () => store.close(),
    ...changes,
  }
}

/** The store a node uses; with a planted bug, one that takes what does not match its name. */
export function asStored(store: ChunkStore, mutations: Mutations): ChunkStore {
  if (mutations.storesUnverified !== true) return store
  const unverified = new Map<string, Uint8Array>()
  return altered(store, {
    has: (cid) => unverified.has(cidKey(cid)) || store.has(cid),
    size: (cid) => unverified.get(cidKey(cid))?.length ?? store.size(cid),
    get: async (cid, options) => unverified.get(cidKey(cid)) ?? store.get(cid, options),
    put: async (cid, bytes) => {
      if (isVerifiedBlock(cid, bytes)) await store.put(cid, bytes)
      else unverified.set(cidKey(cid), bytes)
    },
  })
}

/** What a node has heard of the others; with a planted bug, that each of them holds everything. */
export function asHeard(state: MeshState, mutations: Mutations): MeshState {
  if (mutations.evictsBlindly !== true) return state
  const believed = (): unknown[] =>
    [...state.peers.values()].map((peer) => ({ ...peer, neighbour: true, held: { get: () => 1 } }))
  const peers = { values: believed, get: (id: string) => state.peers.get(id) }
  return Object.create(state, {
    peers: { value: peers },
    elsewhere: { writable: true },
    crowdedOut: { writable: true },
  })
}

/** The store that a node serves its neighbours from. */
export function asServed(store: ChunkStore, behaviour: Behaviour): ChunkStore {
  switch (behaviour) {
    case 'honest':
    case 'flooder':
    case 'stranger':
    case 'mute':
    case 'deaf':
      return store
    case 'liar':
      return altered(store, {
        get: async (cid: CID) => {
          const bytes = (await store.get(cid)) ?? Uint8Array.of(1, 2, 3)
          const wrong = bytes.slice()
          wrong[0] = (wrong[0] ?? 0) ^ 0xff
          return wrong
        },
      })
    case 'boaster':
      return altered(store, { get: async () => null })
    case 'silent':
      return altered(store, { get: () => new Promise(() => {}) })
  }
}
