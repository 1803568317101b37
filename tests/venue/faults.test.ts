import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArtworkSummary } from '../../node/http/contract.ts'
import { eventually } from './support/eventually.ts'
import type { RunningNode } from './support/running-node.ts'
import { Venue } from './support/venue.ts'

const support = join(import.meta.dirname, 'support')
const HOUSE_WORKS = 4
const MIB = 1024 * 1024

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The file of a work as a node serves it, as a hash. */
function servedBy(node: RunningNode, { root }: ArtworkSummary, path: string): string {
  const { status, body } = node.get(`/works/${root}/${path}`)
  return status === 200 ? sha256(body) : `status ${status}`
}

function find(node: RunningNode, slug: string): ArtworkSummary {
  const work = node.works().find((one) => one.slug === slug)
  if (work === undefined) throw new Error(`${node.options.name} does not show ${slug}`)
  return work
}

describe('a mesh in which things go wrong', () => {
  let venue: Venue
  let a: RunningNode
  let b: RunningNode
  let invite = ''
  let key: string[] = []
  let works = HOUSE_WORKS

  beforeAll(async () => {
    venue = new Venue()
    a = await venue.node('a')
    invite = venue.invite(a)
    key = venue.artistKey()
    b = await venue.node('b', { join: invite })
    await b.untilWhole(HOUSE_WORKS)
  }, 120_000)

  afterAll(() => venue?.close())

  function publish(slug: string, bytes: Buffer, at = a): void {
    const folder = venue.randomArtwork(slug, bytes)
    venue.cli(venue.network.host('desk'), 'artwork', 'publish', folder, '--node', at.url, ...key)
    works += 1
  }

  it('gives everything to a node that joins when all is published', async () => {
    const c = await venue.node('c', { join: invite })
    const shown = await c.untilWhole(works)
    expect(shown.map(({ manifest }) => manifest).sort()).toEqual(
      a
        .works()
        .map(({ manifest }) => manifest)
        .sort(),
    )
  }, 60_000)

  it('lets a node catch up that was cut off while things changed, on both sides of the cut', async () => {
    const c = venue.nodes.find(({ options }) => options.name === 'c') as RunningNode
    c.options.host.unplug()
    await eventually('A has noticed', () => {
      if (a.mesh().nodes.some(({ name, state }) => name === 'c' && state === 'neighbour'))
        throw new Error('not yet')
    })
    publish('while-away', randomBytes(2 * MIB))
    await b.untilWhole(works)
    expect(c.works()).toHaveLength(works - 1)
    c.options.host.plugIn()
    await c.untilWhole(works, 90_000)
  }, 180_000)

  it('survives kill -9 in the middle of a transfer: nothing damaged, and it completes', async () => {
    const bytes = randomBytes(40 * MIB)
    a.options.host.shape(80)
    publish('large', bytes)
    await eventually('a part of it is at B', () => {
      const { progress } = find(b, 'large')
      if (progress.have < 5 || progress.complete) throw new Error(`${progress.have}`)
    })
    await b.kill()
    const verified = venue.cli(b.options.host, 'verify', '--data-dir', b.dataDir, '--json')
    expect(JSON.parse(verified)).toMatchObject({ damaged: [] })
    await b.start()
    await b.untilWhole(works, 90_000)
    a.options.host.unshape()
    expect(servedBy(b, find(b, 'large'), 'work.bin')).toBe(sha256(bytes))
  }, 240_000)

  it('never serves a byte that was changed on the disk, and fetches the chunk anew', async () => {
    const bytes = randomBytes(3 * MIB + 5)
    publish('bit-rot', bytes)
    await b.untilWhole(works)
    const chunks = join(b.dataDir, 'chunks')
    const leaf = sha256(bytes.subarray(MIB, 2 * MIB))
    const path = readdirSync(chunks, { recursive: true, encoding: 'utf8' })
      .map((name) => join(chunks, name))
      .find((name) => /bafkrei/.test(name) && sha256(readFileSync(name)) === leaf)
    if (path === undefined) throw new Error('the chunk is not on the disk')
    const damaged = readFileSync(path)
    damaged[1000] = (damaged[1000] ?? 0) ^ 0x10
    writeFileSync(path, damaged)
    const work = find(b, 'bit-rot')
    const answers: string[] = []
    await eventually('it is served whole again', () => {
      const answer = servedBy(b, work, 'work.bin')
      answers.push(answer)
      if (answer !== sha256(bytes)) throw new Error(answer)
    })
    for (const answer of answers) if (!answer.startsWith('status')) expect(answer).toBe(sha256(bytes))
    expect(b.view().damagedChunks).toBeGreaterThan(0)
    expect(sha256(readFileSync(path))).toBe(leaf)
  }, 90_000)

  it('takes nothing false from a lying peer, gets it elsewhere, and shows who lied', async () => {
    const liar = await venue.node('liar', { join: invite, preload: join(support, 'lying-store.ts') })
    await liar.untilWhole(works)
    const peers = [a, liar].flatMap((node) => ['--peer', node.view().addresses[0] ?? ''])
    const d = await venue.node('d', { join: invite, args: ['--no-mdns', ...peers] })
    await d.stop()
    const bytes = randomBytes(3 * MIB)
    publish('lied-about', bytes)
    await liar.untilWhole(works)
    // The liar alone can be reached, so it has to be asked.
    a.options.host.unplug()
    const liarDid = liar.view().id
    try {
      await d.start()
      await eventually('D shows who lied', () => {
        const { incidents } = d.mesh()
        if (incidents.some(({ peer, reason }) => peer === liarDid && reason === 'bad-chunk')) return
        throw new Error(JSON.stringify(incidents))
      })
    } finally {
      a.options.host.plugIn()
    }
    await d.untilWhole(works, 90_000)
    expect(servedBy(d, find(d, 'lied-about'), 'work.bin')).toBe(sha256(bytes))
    await liar.stop()
  }, 180_000)

  it('shows the same where clocks say 1970 and 2099', async () => {
    const preload = join(support, 'wrong-clock.ts')
    const past = await venue.node('past', { join: invite, preload, env: { MESH_ART_TEST_YEAR: '1970' } })
    const future = await venue.node('future', { join: invite, preload, env: { MESH_ART_TEST_YEAR: '2099' } })
    publish('from-the-future', randomBytes(MIB), future)
    publish('from-the-past', randomBytes(MIB), past)
    const everywhere = await Promise.all([a, past, future].map((node) => node.untilWhole(works)))
    const [first = [], ...others] = everywhere.map((list) => list.map(({ manifest }) => manifest).sort())
    for (const other of others) expect(other).toEqual(first)
    await past.stop()
    await future.stop()
  }, 120_000)

  it('gives a stranger neither records nor chunks nor gossip', async () => {
    const { root } = find(a, 'bit-rot')
    const host = venue.network.host('stranger')
    const asking = host.spawn(process.execPath, [
      join(support, 'stranger.ts'),
      a.view().addresses[0] ?? '',
      a.view().exhibition,
      root,
    ])
    let said = ''
    asking.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const ended = new Promise((resolve) => asking.once('exit', resolve))
    publish('not-for-strangers', randomBytes(1000))
    await ended
    const got = JSON.parse(said) as {
      records: string
      chunks: string
      membership: string
      gossiped: string[]
    }
    expect(got.records).toMatch(/^(reset|nothing)$/)
    expect(got.chunks).toMatch(/^(reset|nothing)$/)
    expect(got.gossiped).toEqual([])
    // To a forged grant it answers with a refusal and nothing else.
    expect(got.membership).toMatch(/^(reset|nothing|\d{2} bytes)$/)
  }, 240_000)

  it('gives a node of another exhibition nothing, and says that it was there', async () => {
    const other = await venue.node('other', { args: ['--peer', a.view().addresses[0] ?? ''] })
    await other.untilWhole(HOUSE_WORKS)
    await eventually('A has met it', () => {
      const met = a.mesh().incidents.some(({ reason }) => reason === 'other-exhibition')
      if (!met) throw new Error(JSON.stringify(a.mesh().incidents))
    })
    expect(other.works()).toHaveLength(HOUSE_WORKS)
    expect(other.view().exhibition).not.toBe(a.view().exhibition)
    expect(other.mesh().nodes.filter(({ state }) => state === 'neighbour')).toEqual([])
    await other.stop()
  }, 90_000)

  it('cuts off a member that sends garbage, claims or asks too much, or floods, and goes on', async () => {
    const before = a.residentMiB()
    const host = venue.network.host('hostile')
    const said = host.run(
      process.execPath,
      join(support, 'hostile-member.ts'),
      invite,
      a.view().addresses[0] ?? '',
    )
    expect(JSON.parse(said)).toEqual({
      tooLong: 'cut off',
      truncated: 'cut off',
      garbage: 'cut off',
      wrongType: 'cut off',
      claimsTooMuch: 'cut off',
      asksTooMuch: 'cut off',
      floodsRecords: 'cut off',
      opensStreams: 'cut off',
    })
    expect(a.mesh().incidents.filter(({ reason }) => reason === 'bad-message').length).toBeGreaterThanOrEqual(
      4,
    )
    expect(a.isRunning).toBe(true)
    // What all that cost is bounded: 200,000 claims are remembered in some 25 MiB, the rest is garbage of reading 400,000.
    expect(a.residentMiB()).toBeLessThan(before + 200)
    publish('after-all-that', randomBytes(1000))
    await b.untilWhole(works)
  }, 240_000)
})
