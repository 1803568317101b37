import { ShownRoots } from './content/shown-roots.ts'
import { WorkContent } from './content/work-content.ts'
import type { HttpDependencies } from './dependencies.ts'
import { Renditions } from '../store/renditions.ts'
import { EventHub } from './event-hub.ts'
import type { HttpLimits } from './limits.ts'
import { ReadyAnswers } from './ready-answers.ts'
import { UploadSessions } from './upload-sessions.ts'
import type { MeshSources } from './views/mesh-view.ts'
import { NodeNames } from './views/node-names.ts'
import { progressView } from './views/progress-view.ts'
import { WorkDetails } from './views/work-details.ts'
import { WorksSearch } from './views/works-search.ts'

/** What the routes share: made once a server, started and stopped with it. */
export interface HttpContext {
  readonly deps: HttpDependencies
  readonly limits: HttpLimits
  readonly names: NodeNames
  readonly meshSources: MeshSources
  readonly roots: ShownRoots
  readonly content: WorkContent
  readonly ready: ReadyAnswers
  readonly search: WorksSearch
  readonly works: WorkDetails
  readonly uploads: UploadSessions
  readonly hub: EventHub
  readonly renditions: Renditions | undefined
  readonly startedMs: number
  readonly damagedChunks: () => number
  start: () => void
  stop: () => Promise<void>
}

export function createHttpContext(deps: HttpDependencies, limits: HttpLimits): HttpContext {
  const { catalogue, holdings, mesh, chunks, events, reads } = deps
  const names = new NodeNames(catalogue, mesh, deps.self)
  const roots = new ShownRoots(catalogue)
  const content = new WorkContent(chunks, reads, limits)
  const isRecorded = (root: string): boolean =>
    catalogue.artworks().some(({ versions }) => versions.some(({ body }) => body.root.toString() === root))
  const hub = new EventHub(
    events,
    {
      catalogue: () => ({ works: catalogue.shown().length }),
      mesh: () => ({
        nodes: new Set([deps.self.id, ...mesh.peers.keys()]).size,
        neighbours: [...mesh.peers.values()].filter(({ neighbour }) => neighbour).length,
      }),
      alerts: () => ({
        alerts: deps.watch?.alerts().length ?? 0,
        lastEvent: deps.watch?.timeline.lastId ?? 0,
      }),
      progress: (root) =>
        roots.has(root) ? { root, progress: progressView({ holdings, mesh, names }, root, 0) } : null,
    },
    limits,
  )
  const onError = (err: unknown): void => deps.logger.error({ err }, 'unsigned uploads could not be deleted')
  const uploads = new UploadSessions({ ...deps, isRecorded, onError }, limits)
  const { derivativesDir } = deps
  const renditions =
    derivativesDir === undefined
      ? undefined
      : new Renditions({ ...deps, dir: derivativesDir, isShown: (root) => roots.has(root) })
  const ready = new ReadyAnswers(limits)
  const onCatalogue = (): void => {
    ready.drop()
    renditions?.dropHidden().catch((err: unknown) => {
      deps.logger.warn({ err }, 'renditions of works that are no longer shown could not be deleted')
    })
  }
  let damaged = 0
  const onDamaged = (): void => {
    damaged += 1
  }
  return {
    deps,
    limits,
    names,
    meshSources: { selfId: deps.self.id, version: deps.version, catalogue, mesh, holdings, names },
    roots,
    content,
    ready,
    search: new WorksSearch({ deps, names, limits }),
    works: new WorkDetails({ deps, names, limits }),
    uploads,
    hub,
    renditions,
    startedMs: deps.steadyNowMs(),
    damagedChunks: () => damaged,
    start: () => {
      events.on('chunk:damaged', onDamaged)
      events.on('catalogue', onCatalogue)
      hub.start()
      uploads.start()
    },
    stop: async () => {
      events.off('chunk:damaged', onDamaged)
      events.off('catalogue', onCatalogue)
      hub.stop()
      uploads.stop()
      await renditions?.stop()
    },
  }
}
