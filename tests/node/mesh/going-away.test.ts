import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { createHost } from '../../../node/mesh/host.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import { protocols } from '../../../node/wire/protocols.ts'
import { exhibitionId } from '../../artworks/format/samples.ts'
import { eventually } from '../../venue/support/eventually.ts'
import { lineOfNodes } from './mesh-nodes.ts'

describe('a node that goes away while it introduces itself', () => {
  it.each(['ends its stream', 'loses its connection', 'loses it in the middle of a frame'] as const)(
    'and %s did nothing wrong: it is let in when it is back',
    { timeout: 60_000 },
    async (how) => {
      const [stays, leaves] = await lineOfNodes(2)
      const [address] = stays?.mesh.addresses() ?? []
      if (stays === undefined || leaves === undefined || address === undefined) throw new Error('two nodes')
      await leaves.mesh.stop()
      const host = await createHost({
        key: leaves.key,
        exhibition: exhibitionId,
        listen: [],
        mdns: false,
        budget: defaultQuietBudget,
        version: 'test',
        guard: (registrar) => registrar,
        isBanned: () => false,
      })
      await host.start()
      const connection = await host.dial(multiaddr(address))
      const stream = await connection.newStream(protocols.membership)
      if (how === 'loses it in the middle of a frame') stream.send(Uint8Array.of(100, 1, 2, 3))
      if (how === 'ends its stream') await stream.close()
      else connection.abort(new Error('the power is cut'))
      await host.stop()

      await leaves.mesh.start()
      await eventually('they are neighbours again', () => {
        const { neighbour } = stays.state.peer(leaves.did, performance.now())
        if (!neighbour) throw new Error(JSON.stringify(stays.state.incidents))
      })
      expect(stays.state.incidents).toEqual([])
    },
  )
})
