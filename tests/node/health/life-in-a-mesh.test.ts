import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { healthLimits } from '../../../node/health/limits.ts'
import { nodeTagBytes } from '../../../node/wire/node-tags.ts'
import { SimulatedLife } from './simulated-life.ts'

const BUDGET_BYTES_PER_SECOND = 2 * 1024
const tagsOf = (nodes: number): string[] =>
  Array.from({ length: nodes }, (_, i) =>
    createHash('sha256')
      .update(`node ${i}`)
      .digest('hex')
      .slice(0, 2 * nodeTagBytes),
  )

/** Each linked with those at most so many places away. */
function linksOf(tags: readonly string[], reach: number): [string, string][] {
  return tags.flatMap((a, i) => tags.slice(i + 1, i + 1 + reach).map((b): [string, string] => [a, b]))
}

const halls = tagsOf(24)
const meshes: [string, string[], [string, string][]][] = [
  ['fifty nodes that all hear each other', tagsOf(50), linksOf(tagsOf(50), 50)],
  ['fifty nodes along corridors, of whom each hears eight', tagsOf(50), linksOf(tagsOf(50), 4)],
  [
    'two halls with one link between them',
    halls,
    [...linksOf(halls.slice(0, 12), 12), ...linksOf(halls.slice(12), 12), [halls[0] ?? '', halls[12] ?? '']],
  ],
  ['twelve nodes in a row', tagsOf(12), linksOf(tagsOf(12), 1)],
]

// The core of what nodes say to each other about life, with its real messages; three in ten statuses are lost on each link.
describe.each(meshes)('in %s', (_name, tags, links) => {
  const mesh = new SimulatedLife(tags, links, { seed: 11, statusLoss: 0.3 })

  it('nobody who lives is late, for less than 2 KiB/s of each', () => {
    mesh.run(90_000)
    mesh.isWatching = true
    mesh.forgetTraffic()
    const seconds = 250
    mesh.run(seconds * 1000)
    for (const at of tags)
      for (const of of tags)
        if (at !== of) expect(mesh.silenceMs(at, of)).toBeLessThan(healthLimits.lateAfterMs)
    expect(mesh.longestSilenceMs).toBeLessThan(healthLimits.lateAfterMs)
    for (const { sentBytes } of mesh.nodes.values())
      expect(sentBytes / seconds).toBeLessThan(BUDGET_BYTES_PER_SECOND)
  }, 120_000)

  it('who dies is late everywhere after 15 seconds, and lost after 45, by each one’s own clock', () => {
    // At the end of a row: the others go on hearing each other.
    const dead = tags.at(-1) ?? ''
    const others = tags.filter((tag) => tag !== dead)
    mesh.kill(dead)
    // What it said last is on its way for as long as the mesh is wide.
    const onTheWay = 5_000 + healthLimits.flushMs * 1.1 * Math.min(12, others.length)
    mesh.run(healthLimits.lateAfterMs + onTheWay)
    for (const at of others) expect(mesh.silenceMs(at, dead)).toBeGreaterThanOrEqual(healthLimits.lateAfterMs)
    for (const at of others)
      expect(mesh.silenceMs(at, dead)).toBeLessThan(healthLimits.lostAfterMs + onTheWay)
    mesh.run(healthLimits.lostAfterMs - healthLimits.lateAfterMs)
    for (const at of others) expect(mesh.silenceMs(at, dead)).toBeGreaterThanOrEqual(healthLimits.lostAfterMs)
    for (const at of others)
      for (const of of others)
        if (at !== of) expect(mesh.silenceMs(at, of)).toBeLessThan(healthLimits.lateAfterMs)
  }, 120_000)

  it('who is back is heard by all', () => {
    const back = tags.at(-1) ?? ''
    mesh.start(back)
    mesh.run(40_000)
    for (const at of tags)
      if (at !== back) expect(mesh.silenceMs(at, back)).toBeLessThan(healthLimits.lateAfterMs)
  }, 120_000)
})
