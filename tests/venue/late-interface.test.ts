import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import type { RunningNode } from './support/running-node.ts'
import { Venue } from './support/venue.ts'

const HOTSPOT_ADDRESS = '10.78.1.1'

/** As on a Pi whose mesh radio takes longer than the program: both listen at all addresses, as is the default. */
describe('a node whose interface of the mesh comes up after it started', () => {
  let venue: Venue
  let a: RunningNode
  let b: RunningNode

  beforeAll(async () => {
    venue = new Venue()
    const listen = '/ip4/0.0.0.0/tcp/4001'
    a = await venue.node('a', { listen })
    b = await venue.node('b', { listen, join: venue.invite(a) })
    const { host } = b.options
    host.run('ip', 'link', 'add', 'hotspot0', 'type', 'veth', 'peer', 'name', 'phone0')
    host.run('ip', 'address', 'add', `${HOTSPOT_ADDRESS}/24`, 'dev', 'hotspot0')
    for (const name of ['hotspot0', 'phone0']) host.run('ip', 'link', 'set', name, 'up')
    // Neither knows an address of the other when they start again.
    await Promise.all([a.stop(), b.stop()])
    host.run('ip', 'link', 'set', 'eth0', 'down')
    await Promise.all([a.start(), b.start()])
  }, 180_000)

  afterAll(() => venue?.close())

  it('finds its neighbours, and tells them nothing of the hotspot', async () => {
    const { host } = b.options
    expect(a.mesh().nodes.filter(({ state }) => state === 'neighbour')).toEqual([])
    host.run('ip', 'link', 'set', 'eth0', 'up')
    // As networkd gives it again with the link.
    host.run('ip', 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0')
    await eventually(
      'they are neighbours',
      () => {
        for (const node of [a, b]) {
          if (!node.mesh().nodes.some(({ state }) => state === 'neighbour')) throw new Error('not yet')
        }
      },
      120_000,
    )
    await eventually('B tells its address in the mesh, and no other', () => {
      const { addresses } = b.view()
      if (addresses.some((text) => text.includes(HOTSPOT_ADDRESS))) expect.fail(addresses.join(' '))
      if (!addresses.some((text) => text.includes(host.address))) throw new Error(addresses.join(' '))
    })
  }, 240_000)
})
