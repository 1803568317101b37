import { MeshWatch } from '../../../node/store/mesh-watch.ts'
import { OwnHealth } from '../../../node/store/own-health.ts'
import type { Manifest } from '../../../artworks/format/records.ts'
import { dids } from '../http/exhibition-fixture.ts'
import type { Exhibition } from '../http/exhibition-fixture.ts'

/** The real watch of a node that is otherwise a fixture; it ticks when told to. */
export function watchOf(show: Exhibition): { watch: MeshWatch; own: OwnHealth } {
  const { catalogue, records, events, logger } = show.deps
  const shown = (): Map<string, Manifest> =>
    new Map(catalogue.shown().map(({ shown: { body } }) => [body.root.toString(), body]))
  const { mesh, holdings, chunks } = show
  const own = new OwnHealth(
    { mesh, holdings, chunks, shown, records: () => records.size(), wallNowMs: () => 1_800_000_000_000 },
    show.nowMs,
  )
  own.storage = show.storage
  const watch = new MeshWatch({
    self: { id: dids.node, name: 'Kelder' },
    version: '0.1.0-test',
    catalogue,
    mesh,
    holdings,
    own,
    machine: { read: async () => own.machine },
    storage: async () => show.storage,
    events,
    logger,
    steadyNowMs: () => show.nowMs,
  })
  return { watch, own }
}
