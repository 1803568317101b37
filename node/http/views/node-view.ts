import type { NodeView } from '../contract.ts'
import { worksHere } from './mesh-view.ts'
import type { MeshSources } from './mesh-view.ts'

export interface NodeFigures {
  readonly uptimeMs: number
  readonly records: number
  readonly damagedChunks: number
  readonly usage: { readonly chunks: number; readonly bytes: number }
  readonly storage: { readonly freeBytes: number; readonly reserveBytes: number }
}

export function nodeView(sources: MeshSources, figures: NodeFigures): NodeView {
  const { selfId, version, catalogue, mesh, holdings, names } = sources
  const { usage, storage } = figures
  return {
    id: selfId,
    ...names.of(selfId),
    version,
    exhibition: catalogue.id,
    uptimeSeconds: Math.floor(figures.uptimeMs / 1000),
    addresses: [...mesh.addresses()],
    storage: {
      chunks: usage.chunks,
      bytes: usage.bytes,
      freeBytes: storage.freeBytes,
      reserveBytes: storage.reserveBytes,
      full: mesh.diskFull || storage.freeBytes <= storage.reserveBytes,
    },
    records: figures.records,
    works: worksHere(catalogue, holdings),
    damagedChunks: figures.damagedChunks,
  }
}
