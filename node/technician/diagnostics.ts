import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { NodeConfig } from '../config.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { MeshWatch } from '../store/mesh-watch.ts'
import { actionLimits } from '../wire/action-messages.ts'
import { version } from '../version.ts'
import type { LogRing } from './log-ring.ts'

const compress = promisify(gzip)

/**
 * What is needed to understand a node from afar: its state, the log of this run, and its settings without what is secret. It
 * holds nothing of visitors, since the node knows nothing of them.
 * @returns gzip of JSON, with as many of the last lines of the log as fit
 */
export async function diagnosticsOf(sources: {
  readonly config: NodeConfig
  readonly mesh: MeshState
  readonly watch: MeshWatch
  readonly log: Pick<LogRing, 'lines'>
  readonly uptimeMs: () => number
}): Promise<Uint8Array> {
  const { config, mesh, watch, log } = sources
  const { join, technicians, ...settings } = config
  const facts = watch.facts()
  const bundle = {
    made: 'mesh-art diagnostics 1',
    version,
    node: process.version,
    uptimeSeconds: Math.floor(sources.uptimeMs() / 1000),
    settings: { ...settings, join: join !== undefined, technicians: technicians !== undefined },
    memory: process.memoryUsage(),
    alerts: watch.alerts(),
    nodes: facts.nodes.map(({ held, lacks, ...node }) => ({
      ...node,
      held: Object.fromEntries(held),
      lacks: Object.fromEntries(lacks),
    })),
    lostLinks: facts.lostLinks,
    incidents: mesh.incidents,
    droppedStatuses: mesh.droppedStatuses,
    timeline: watch.timeline.since(0),
  }
  for (let lines = log.lines(); ; lines = lines.slice(Math.ceil(lines.length / 2))) {
    const bytes = await compress(JSON.stringify({ ...bundle, log: lines }))
    if (bytes.length <= actionLimits.dataBytes) return bytes
    if (lines.length === 0) return compress(JSON.stringify({ ...bundle, nodes: [], timeline: [], log: [] }))
  }
}
