import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ArtworkSummary } from '../../node/http/contract.ts'
import { eventually } from './support/eventually.ts'
import type { RunningNode } from './support/running-node.ts'
import { Venue } from './support/venue.ts'

const HOUSE_WORKS = 4
const MIB = 1024 * 1024

function find(node: RunningNode, slug: string): ArtworkSummary {
  const work = node.works().find((one) => one.slug === slug)
  if (work === undefined) throw new Error(`${node.options.name} does not show ${slug}`)
  return work
}

describe('a card that is full in the middle of a work', () => {
  it(
    'is told as the cause; the rest goes on, the work can be seen, and it resumes when there is room',
    { timeout: 240_000 },
    async () => {
      const venue = new Venue()
      const card = mkdtempSync(join(tmpdir(), 'mesh-art-card-'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', card])
      onTestFinished(async () => {
        await venue.close()
        execFileSync('umount', ['--lazy', card])
        rmSync(card, { recursive: true, force: true })
      })
      const a = await venue.node('a')
      const b = await venue.node('b', { join: venue.invite(a), dataDir: join(card, 'data') })
      await b.untilWhole(HOUSE_WORKS)
      const key = venue.artistKey()
      const publish = (slug: string, bytes: Buffer): string =>
        venue.cli(
          venue.network.host('desk'),
          'artwork',
          'publish',
          venue.randomArtwork(slug, bytes),
          '--node',
          a.url,
          ...key,
        )
      const large = randomBytes(60 * MIB)
      publish('large', large)
      await eventually('B says why it stands still', () => {
        const { progress } = find(b, 'large')
        if (progress.cause !== 'disk-full') throw new Error(JSON.stringify(progress))
      })
      // What is here is still shown, records still come, and what does not fit is read through its neighbour.
      publish('after', randomBytes(1000))
      await eventually('records go on', () => find(b, 'after'))
      expect(b.works().filter(({ progress }) => progress.complete).length).toBeGreaterThanOrEqual(HOUSE_WORKS)
      const { root } = find(b, 'large')
      await eventually('a visitor of B sees the last of it', () => {
        const range = `bytes=${59 * MIB}-`
        const { status, body } = b.get(`/works/${root}/work.bin`, { range })
        expect([status, Buffer.compare(body, large.subarray(59 * MIB))]).toEqual([206, 0])
      })
      execFileSync('mount', ['-o', 'remount,size=160m', card])
      await b.untilWhole(HOUSE_WORKS + 2, 120_000)
      for (const from of [0, 24 * MIB, 55 * MIB]) {
        const range = `bytes=${from}-${from + 4 * MIB - 1}`
        const { body } = b.get(`/works/${root}/work.bin`, { range })
        expect(Buffer.compare(body, large.subarray(from, from + 4 * MIB))).toBe(0)
      }
    },
  )
})
