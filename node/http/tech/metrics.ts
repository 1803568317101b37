import { Counter, Gauge, Registry } from 'prom-client'
import { alertKinds } from '../../health/alert-kinds.ts'
import { nodeStanding } from '../../health/node-standing.ts'
import { replicaPromises } from '../../health/replica-promise.ts'
import type { MeshWatch } from '../../store/mesh-watch.ts'
import type { HttpContext } from '../context.ts'
import { clientBuckets } from '../../wire/status-health.ts'

const MIB = 1024 * 1024
const standings = ['here', 'neighbour', 'reachable', 'late', 'lost'] as const

/**
 * Figures for Prometheus, made when they are asked for from a registry of their own: nothing is counted by request, so nothing is
 * known of who asks. Names and meanings are in docs/technicians.md.
 */
export async function metricsText(
  { deps, startedMs, hub }: Pick<HttpContext, 'deps' | 'startedMs' | 'hub'>,
  watch: MeshWatch | undefined,
): Promise<{ text: string; type: string }> {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const registers = [registry]
  const gauge = (name: string, help: string, value: number): void =>
    new Gauge({ name: `mesh_art_${name}`, help, registers }).set(value)
  const counter = (name: string, help: string, value: number): void =>
    new Counter({ name: `mesh_art_${name}`, help, registers }).inc(value)
  const labelled = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
    new Gauge({ name: `mesh_art_${name}`, help, labelNames, registers })

  const { catalogue, chunks, records, mesh } = deps
  labelled('build', 'Version of the program; always 1', 'version').set({ version: deps.version }, 1)
  gauge('uptime_seconds', 'Since this program started', Math.floor((deps.steadyNowMs() - startedMs) / 1000))
  const usage = chunks.usage()
  gauge('chunks', 'Chunks on the disk', usage.chunks)
  gauge('chunk_bytes', 'Bytes of chunks on the disk', usage.bytes)
  const storage = await deps.storage()
  gauge('disk_free_bytes', 'Free space where the chunks are', storage.freeBytes)
  gauge('disk_reserve_bytes', 'Space that is left free', storage.reserveBytes)
  gauge('records', 'Signed records', records.size())
  gauge('works_shown', 'Works the exhibition shows', catalogue.shown().length)
  gauge('event_streams', 'Pages with an open event stream', hub.readers)
  const dropped = new Counter({
    name: 'mesh_art_statuses_dropped',
    help: 'Statuses of other nodes that were not believed',
    labelNames: ['reason'],
    registers,
  })
  for (const [reason, count] of Object.entries(mesh.droppedStatuses)) dropped.inc({ reason }, count)
  const link = labelled('neighbour_rtt_seconds', 'Round trip to a neighbour', 'node')
  const received = new Counter({
    name: 'mesh_art_neighbour_received_bytes',
    help: 'Chunk bytes received from a neighbour',
    labelNames: ['node'],
    registers,
  })
  const sent = new Counter({
    name: 'mesh_art_neighbour_sent_bytes',
    help: 'Chunk bytes sent to a neighbour',
    labelNames: ['node'],
    registers,
  })
  for (const { id, neighbour, rttMs, receivedBytes, sentBytes } of mesh.peers.values()) {
    if (!neighbour) continue
    if (rttMs !== undefined) link.set({ node: id }, rttMs / 1000)
    received.inc({ node: id }, receivedBytes)
    sent.inc({ node: id }, sentBytes)
  }
  if (watch !== undefined) addWatch(watch)
  return { text: await registry.metrics(), type: registry.contentType }

  function addWatch(watched: MeshWatch): void {
    const facts = watched.facts()
    const nodes = labelled('nodes', 'Nodes that are granted, by how they stand', 'state')
    const counts = new Map<string, number>(standings.map((state) => [state, 0]))
    for (const node of facts.nodes) {
      if (!node.isGranted) continue
      const state = nodeStanding(node, facts.upMs)
      counts.set(state, (counts.get(state) ?? 0) + 1)
    }
    for (const [state, count] of counts) nodes.set({ state }, count)
    const alerts = labelled('alerts', 'Alerts now', 'kind', 'severity')
    const raised = watched.alerts()
    for (const [kind, { severity }] of Object.entries(alertKinds)) {
      alerts.set({ kind, severity }, raised.filter((alert) => alert.kind === kind).length)
    }
    const promises = replicaPromises(facts)
    gauge(
      'works_whole_everywhere',
      'Works that every node has whole',
      promises.filter(({ whole, of }) => whole === of).length,
    )
    const gaps = labelled('work_gaps', 'Works lacking on nodes, by cause', 'cause')
    const causes = new Map<string, number>()
    for (const { lacks } of promises)
      for (const { cause } of lacks) causes.set(cause, (causes.get(cause) ?? 0) + 1)
    for (const [cause, count] of causes) gaps.set({ cause }, count)
    const health = facts.nodes.find(({ isSelf }) => isSelf)?.health
    if (health === undefined) return
    gauge('load', 'Load of one minute, a core', health.load / 100)
    gauge('memory_available_bytes', 'Memory the machine could give', health.mem[0] * MIB)
    gauge('memory_used_bytes', 'Memory of this program', health.mem[2] * MIB)
    if (health.temp !== undefined) gauge('temperature_celsius', 'Of the processor', health.temp)
    if (health.throttled !== undefined)
      gauge('throttled', 'Bits of get_throttled of a Raspberry Pi', health.throttled)
    counter('disk_written_bytes', 'Written by this program', health.disk[3] * MIB)
    gauge('disk_errors', 'Errors the file system has counted', health.diskErrors)
    counter('chunks_damaged', 'Chunks found damaged', health.counts[0])
    counter('strangers', 'Peers without a grant that were turned away', health.counts[1])
    counter('liars', 'Times a member was caught with something false', health.counts[2])
    if (health.clients === undefined) return
    const clients = labelled(
      'hotspot_clients',
      'Phones on the hotspot, as a bucket: 1 for the one that holds',
      'bucket',
    )
    for (const [index, bucket] of clientBuckets.entries())
      clients.set({ bucket }, index === health.clients ? 1 : 0)
  }
}
