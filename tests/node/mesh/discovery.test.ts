import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redialDelayMs } from '../../../node/mesh/discovery.ts'
import { meshLimits } from '../../../node/mesh/limits.ts'
import { announceable, isLocalMultiaddr, parseLocalAddress } from '../../../node/mesh/local-addresses.ts'

describe('when a peer is called again', () => {
  it('waits longer after each failure, never beyond the last delay by more than a quarter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const delay = redialDelayMs(failures, random)
          expect(delay).toBeGreaterThanOrEqual(meshLimits.redialFirstMs * 0.75)
          expect(delay).toBeLessThanOrEqual(meshLimits.redialLastMs * 1.25)
          expect(redialDelayMs(failures + 1, random)).toBeGreaterThanOrEqual(delay)
        },
      ),
    )
  })
})

describe('addresses of the local network', () => {
  it.each([
    '/ip4/127.0.0.1/tcp/1',
    '/ip4/10.1.2.3/tcp/1',
    '/ip4/192.168.0.9/tcp/1',
    '/ip6/fe80::1/tcp/1',
    '/ip6/fd00::1/tcp/1',
  ])('%s is one', (text) => expect(isLocalMultiaddr(multiaddr(text))).toBe(true))

  it.each([
    '/ip4/8.8.8.8/tcp/1',
    '/ip4/172.32.0.1/tcp/1',
    '/ip6/2001:4860::8888/tcp/1',
    '/dns4/example.org/tcp/1',
    'nonsense',
  ])('%s is none, and is never dialled', (text) => expect(parseLocalAddress(text)).toBeNull())

  it('are announced without loopback, unless there is nothing else', () => {
    const loopback = multiaddr('/ip4/127.0.0.1/tcp/4001')
    const lan = multiaddr('/ip4/10.0.0.2/tcp/4001')
    const outside = multiaddr('/ip4/9.9.9.9/tcp/4001')
    expect(announceable([loopback, lan, outside])).toEqual([lan])
    expect(announceable([loopback, outside])).toEqual([loopback])
  })
})
