import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasFallenSilent } from '../../../node/mesh/link-watch.ts'
import { meshLimits } from '../../../node/mesh/limits.ts'
import { announced, searched } from '../../../node/mesh/local-addresses.ts'
import { meshAddresses } from '../../../node/mesh/mesh-interfaces.ts'
import { mdnsAnswer, namesInQuery, peerInResponse } from '../../../node/mesh/mdns-messages.ts'
import { defaultQuietBudget, quietBudget } from '../../../node/mesh/quiet-budget.ts'
import { SyncSchedule } from '../../../node/replication/sync-schedule.ts'

const TAG = '_mesh-art-test._udp.local'
const NAME = `0123456789abcdef0123456789abcdef.${TAG}`
const PEER = '12D3KooWGRUaYbsQ5vHKfS7hKPRkV6qkYnDRZQk9cjUAgFvhUZ8u'
const ADDRESS = `/ip4/10.0.0.2/tcp/4001/p2p/${PEER}`

describe('what is said by mDNS', () => {
  it('is understood by whoever hears it: the peer and its addresses', () => {
    const answer = mdnsAnswer(TAG, NAME, [multiaddr(ADDRESS)])
    const found = peerInResponse(answer, TAG)
    expect(found?.name).toBe(NAME)
    expect(found?.peer.equals(peerIdFromString(PEER))).toBe(true)
    expect(found?.addresses.map(String)).toEqual(['/ip4/10.0.0.2/tcp/4001'])
    // As the text comes from the wire.
    const texts = answer.map((record) =>
      record.type === 'TXT' ? { ...record, data: [Buffer.from(record.data)] } : record,
    )
    expect(peerInResponse(texts, TAG)?.addresses).toHaveLength(1)
  })

  it('is nothing while there is no address, and has no more addresses than fit', () => {
    expect(mdnsAnswer(TAG, NAME, [])).toEqual([])
    const many = Array.from({ length: 40 }, (_, i) => multiaddr(`/ip4/10.0.0.${i + 1}/tcp/4001/p2p/${PEER}`))
    expect(mdnsAnswer(TAG, NAME, many)).toHaveLength(1 + meshLimits.mdnsAddresses)
  })

  it('names in a question those who need not answer', () => {
    const known = [{ name: TAG, type: 'PTR', data: NAME }]
    expect(namesInQuery([{ name: TAG, type: 'PTR' }], known, TAG)?.has(NAME)).toBe(true)
    expect(namesInQuery([{ name: TAG, type: 'PTR' }], [], TAG)?.has(NAME)).toBe(false)
    expect(namesInQuery([{ name: '_other._udp.local', type: 'PTR' }], known, TAG)).toBeNull()
  })

  it('may be anything: what makes no sense is nobody', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constant(`dnsaddr=${ADDRESS}`),
      fc.string().map((rest) => `dnsaddr=${rest}`),
    )
    const record = fc.record({
      name: fc.constantFrom(TAG, NAME, ''),
      type: fc.constantFrom('PTR', 'TXT', 'A'),
      data: fc.oneof(text, fc.array(text), fc.constant(NAME), fc.integer()),
    })
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const found = peerInResponse(records, TAG)
        if (found !== null) expect(found.addresses.length).toBeLessThanOrEqual(meshLimits.mdnsAddresses)
      }),
    )
  })

  it('goes out on the interface that is listened at; of all, on the one that is the mesh', () => {
    const machine = [
      { name: 'lo', address: '127.0.0.1' },
      { name: 'bat0', address: '10.77.0.1' },
      { name: 'hotspot0', address: '10.78.0.1' },
    ]
    const everywhere = ['/ip4/0.0.0.0/tcp/4001']
    expect(searched({ listen: ['/ip4/10.77.0.9/tcp/4001'] }, machine)).toEqual(['10.77.0.9'])
    expect(searched({ listen: ['/ip4/127.0.0.1/tcp/0'] }, machine)).toEqual([])
    expect(searched({ listen: everywhere }, machine)).toEqual(['10.77.0.1'])
    expect(searched({ listen: everywhere, meshInterface: 'hotspot0' }, machine)).toEqual(['10.78.0.1'])
    // It comes up later: until then nobody is asked anywhere.
    expect(searched({ listen: everywhere, meshInterface: 'wire0' }, machine)).toBeNull()
    const two = [
      { name: 'eth0', address: '192.168.1.2' },
      { name: 'wlan0', address: '192.168.2.2' },
    ]
    expect(searched({ listen: everywhere }, two)).toEqual([])
  })
})

describe('what a node tells others of its addresses', () => {
  const names = ['lo', 'eth0', 'wlan0', 'bat0', 'hotspot0', 'docker0', 'br-0123456789ab', 'veth1a2b']
  const machine = names.map((name, i) => ({ name, address: `10.0.${i}.1` }))
  const all = machine.map(({ address }) => multiaddr(`/ip4/${address}/tcp/4001`))
  const told = (init: Parameters<typeof announced>[1], of = machine): string[] =>
    announced(all, init, of).map((address) => address.getComponents()[0]?.value ?? '')
  const everywhere = ['/ip4/0.0.0.0/tcp/4001']

  it('is the mesh alone, where there is one, chosen or by its name', () => {
    expect(told({ listen: everywhere })).toEqual(['10.0.3.1'])
    expect(told({ listen: everywhere, meshInterface: 'eth0' })).toEqual(['10.0.1.1'])
    expect(told({ listen: everywhere, meshInterface: 'wire0' })).toEqual([])
  })

  it('is else every interface behind which nodes may be, never the hotspot or what joins containers', () => {
    const without = machine.filter(({ name }) => name !== 'bat0')
    expect(told({ listen: everywhere }, without)).toEqual(['10.0.0.1', '10.0.1.1', '10.0.2.1'])
    expect(meshAddresses([{ name: 'br-lan', address: '10.0.0.1' }])).toEqual(['10.0.0.1'])
  })

  it('is what it listens at, where that is said', () => {
    expect(told({ listen: ['/ip4/10.0.4.1/tcp/4001'] })).toEqual(machine.map(({ address }) => address))
  })
})

describe('an idle node', () => {
  it('syncs ever more seldom while nothing comes, and as often as at first when something does', () => {
    const schedule = new SyncSchedule({ syncFirstMs: 100, syncLastMs: 350 })
    expect([1, 2, 3, 4].map(() => schedule.nextMs())).toEqual([100, 200, 350, 350])
    schedule.changed()
    expect(schedule.nextMs()).toBe(100)
  })

  it('pings a neighbour that has not told how it is for a while', () => {
    const { silenceMs } = meshLimits
    expect(hasFallenSilent({ sinceMs: 0, heardMs: 10, nowMs: 10 + silenceMs })).toBe(true)
    expect(hasFallenSilent({ sinceMs: 0, heardMs: 10, nowMs: 9 + silenceMs })).toBe(false)
    // Heard of before it was a neighbour, and never since.
    expect(hasFallenSilent({ sinceMs: 50, heardMs: 10, nowMs: 49 + silenceMs })).toBe(false)
    expect(hasFallenSilent({ sinceMs: 50, heardMs: 10, nowMs: 50 + silenceMs })).toBe(true)
  })

  it('keeps to what node.yaml says', () => {
    expect(quietBudget()).toEqual(defaultQuietBudget)
    const budget = quietBudget({ mdnsSeconds: 5, pingSeconds: 2, syncSeconds: 30, heartbeatSeconds: 3 })
    expect(budget).toMatchObject({ mdnsLastMs: 5000, mdnsAloneMs: 5000, pingMs: 2000, pingSilentMs: 2000 })
    expect(budget).toMatchObject({ syncFirstMs: 30_000, syncLastMs: 30_000, gossipHeartbeatMs: 3000 })
  })
})
