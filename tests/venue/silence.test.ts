import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import type { RunningNode } from './support/running-node.ts'
import { Venue } from './support/venue.ts'

const HOUSE_WORKS = 4
const MIB = 1024 * 1024

describe('a mesh in which somebody falls silent', () => {
  let venue: Venue
  let a: RunningNode
  let silent: RunningNode
  let d: RunningNode
  let key: string[] = []
  let works = HOUSE_WORKS

  beforeAll(async () => {
    venue = new Venue()
    // No ping comes by itself while this runs: what is noticed is noticed by other means.
    const config = join(venue.folder, 'seldom.yaml')
    writeFileSync(config, 'mesh: { quiet: { pingSeconds: 2700 } }\n')
    const args = ['--config', config]
    a = await venue.node('a', { args })
    const invite = venue.invite(a)
    key = venue.artistKey()
    const preload = join(import.meta.dirname, 'support', 'silent-store.ts')
    silent = await venue.node('silent', { join: invite, args, preload })
    await silent.untilWhole(HOUSE_WORKS)
    d = await venue.node('d', { join: invite, args })
    await d.untilWhole(HOUSE_WORKS, 90_000)
  }, 240_000)

  afterAll(() => venue?.close())

  function publish(slug: string, bytes: Buffer): void {
    const folder = venue.randomArtwork(slug, bytes)
    venue.cli(venue.network.host('desk'), 'artwork', 'publish', folder, '--node', a.url, ...key)
    works += 1
  }

  it('gets from others what a member claims to hold and never sends', async () => {
    const beforeMiB = d.residentMiB()
    a.options.host.shape(20)
    publish('claimed-by-one-who-is-silent', randomBytes(12 * MIB))
    await silent.untilWhole(works, 90_000)
    await d.untilWhole(works, 120_000)
    a.options.host.unshape()
    // It was asked, or this shows nothing.
    expect(silent.said).toContain('asked for a leaf, and silent')
    // Neither a queue nor a buffer grows with what is not answered; the rest is the garbage of 12 MiB.
    expect(d.residentMiB()).toBeLessThan(beforeMiB + 150)
    // It is a member still, for all else it does as it should; and honest traffic goes on.
    expect(d.mesh().incidents).toEqual([])
    publish('while-one-is-silent', randomBytes(MIB))
    await d.untilWhole(works, 120_000)
  }, 400_000)

  it('notices a link that is dead, although its other end is heard of through a third', async () => {
    const isNeighbour = (node: RunningNode, name: string): boolean =>
      node.mesh().nodes.some((other) => other.name === name && other.state === 'neighbour')
    await eventually('A and D are neighbours', () => {
      if (!isNeighbour(a, 'd') || !isNeighbour(d, 'a')) throw new Error('not yet')
    })
    venue.network.hearOnly([
      ['a', 'silent'],
      ['d', 'silent'],
      ['a', 'desk'],
      ['d', 'desk'],
      ['silent', 'desk'],
    ])
    await eventually(
      'both have noticed',
      () => {
        if (isNeighbour(a, 'd') || isNeighbour(d, 'a')) throw new Error('not yet')
      },
      240_000,
    )
    // Each knows that the other is there, through the one between them.
    await eventually('each hears of the other', () => {
      for (const [node, name] of [[a, 'd'] as const, [d, 'a'] as const]) {
        const other = node.mesh().nodes.find((one) => one.name === name)
        if (other?.state !== 'reachable') throw new Error(`${other?.state}`)
      }
    })
  }, 400_000)
})
