import { setTimeout as delay } from 'node:timers/promises'
import type { BenchNode } from './bench-node.ts'
import type { Payload } from './payload.ts'
import { cpuSecondsOf, machineCpu, peakRssMiB } from './proc.ts'
import { Timeline, timelineText } from './timeline.ts'
import type { LinkUse } from './timeline.ts'

const SETTLE_LIMIT_MS = 120_000
const SETTLE_POLL_MS = 500
/** Time for what follows a connection (syncs, statuses) to be over. */
const QUIET_MS = 4_000
/** A node is asked whether it is complete once nearly all has come: the asking costs nothing before. */
const ASK_FROM_SHARE = 0.98
const ASK_POLL_MS = 20

/** Waits until every node has its neighbours and all records, and what follows from that is over. */
export async function settle(
  nodes: readonly BenchNode[],
  neighboursOf: (name: string) => number,
  records: number,
): Promise<void> {
  const untilMs = performance.now() + SETTLE_LIMIT_MS
  for (const node of nodes) {
    for (;;) {
      const neighbours = await node.neighbours()
      const { records: known } = await node.view()
      if (neighbours >= neighboursOf(node.name) && known >= records) break
      if (performance.now() > untilMs) {
        throw new Error(
          `${node.name} has ${neighbours} of ${neighboursOf(node.name)} neighbours and ${known} of ${records} records:\n${node.said}`,
        )
      }
      await delay(SETTLE_POLL_MS)
    }
  }
  await delay(QUIET_MS)
}

export interface Replicated {
  readonly seconds: number
  readonly frameBytes: number
  /** Of all nodes, while it was going on. */
  readonly cpuSeconds: number
  /** What the machine's cores did besides meanwhile: the kernel's shaping, this bench, and whoever else was at work. */
  readonly otherCpuSeconds: number
  /** What its host took from them: on a virtual machine, all else then takes more seconds too. */
  readonly stolenCpuSeconds: number
  /** Of the worst node, since its start. */
  readonly peakRssMiB: number
  readonly links: readonly LinkUse[]
}

/**
 * Opens the exhibition at the first node, and waits until every other says that all works are complete.
 * @throws when they are not in time, with what each lacks and what its cable carried
 */
export async function replicate(init: {
  nodes: readonly BenchNode[]
  payload: Payload
  opening: Uint8Array
  limitMs: number
  device?: string
}): Promise<Replicated> {
  const { nodes, payload, opening, limitMs, device } = init
  const timeline = new Timeline(nodes, device)
  const nodesCpu = (): number => sum(nodes.map(({ pid }) => cpuSecondsOf(pid)))
  const before = { nodes: nodesCpu(), machine: machineCpu() }
  const startMs = performance.now()
  timeline.start()
  try {
    await nodes[0]?.submit(opening)
    const endMs = startMs + limitMs
    const others = nodes.slice(1)
    await Promise.all(others.map((node) => untilWhole(node, { timeline, payload, endMs })))
  } catch (cause) {
    timeline.stop()
    const gaps = await Promise.all(nodes.map((node) => node.gaps()))
    throw new Error(`not replicated:\n${gaps.join('\n')}\n${timelineText(timeline.links())}`, { cause })
  }
  timeline.stop()
  const seconds = (performance.now() - startMs) / 1000
  const cpuSeconds = nodesCpu() - before.nodes
  const machine = machineCpu()
  return {
    seconds,
    frameBytes: timeline.sentByAll(),
    cpuSeconds,
    otherCpuSeconds: machine.busySeconds - before.machine.busySeconds - cpuSeconds,
    stolenCpuSeconds: machine.stolenSeconds - before.machine.stolenSeconds,
    peakRssMiB: Math.max(...nodes.map(({ pid }) => peakRssMiB(pid))),
    links: timeline.links(),
  }
}

async function untilWhole(
  node: BenchNode,
  { timeline, payload, endMs }: { timeline: Timeline; payload: Payload; endMs: number },
): Promise<void> {
  for (;;) {
    const isDue = timeline.received(node.name) >= payload.bytes * ASK_FROM_SHARE
    if (isDue && (await node.view()).works.complete === payload.files.length) break
    if (performance.now() > endMs) throw new Error(`${node.name} is not complete`)
    await delay(ASK_POLL_MS)
  }
  timeline.done(node.name)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
