import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeshHost } from '../../../node/mesh/host.ts'
import { meshLimits } from '../../../node/mesh/limits.ts'
import { plainHost } from './hosts.ts'

describe('a node to which streams are opened', () => {
  let hosts: MeshHost[] = []

  beforeAll(async () => {
    hosts = [await plainHost(), await plainHost(), await plainHost()]
  })
  afterAll(async () => {
    for (const host of hosts) await host.stop()
  })

  it('ends the connection of whoever opens 10,000, long before, and goes on with the others', async () => {
    const [victim, hostile, honest] = hosts
    if (victim === undefined || hostile === undefined || honest === undefined) throw new Error('hosts')
    let served = 0
    const options = { maxInboundStreams: 50 }
    await victim.handle(
      '/test/flood',
      async (stream) => {
        served += 1
        await stream.close()
      },
      options,
    )
    const attack = await hostile.dial(victim.getMultiaddrs())
    let opened = 0
    for (; opened < 10_000 && attack.status === 'open'; opened++) {
      try {
        await attack.newStream('/test/flood', { maxOutboundStreams: 20_000 })
      } catch {
        // One stream was refused: the hostile goes on as long as there is a connection.
      }
    }
    expect(attack.status).not.toBe('open')
    expect(opened).toBeLessThan(1000)
    expect(served).toBeLessThanOrEqual(opened + 1)
    expect(victim.getConnections(hostile.peerId)).toEqual([])
    const good = await honest.dial(victim.getMultiaddrs())
    for (let i = 0; i < meshLimits.streamBurst / 4; i++) {
      await (await good.newStream('/test/flood', { maxOutboundStreams: 100 })).close()
    }
    expect(good.status).toBe('open')
  }, 60_000)
})
