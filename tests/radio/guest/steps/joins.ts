import assert from 'node:assert/strict'
import { inTime } from '../in-time.ts'
import type { MeshView } from '../../../../node/http/contract.ts'
import { canReach, nextHop, securedPeers } from '../mesh-state.ts'
import { patience } from '../patience.ts'
import type { RadioVenue } from '../radio-venue.ts'

/** Radios that hear each other join by SAE; batman-adv finds the way over two hops; nodes find each other by it. */
export async function joins({ nodes, entrance, staircase, laboratory, say }: RadioVenue): Promise<void> {
  const heard = new Map([
    [entrance, [staircase.meshMac]],
    [staircase, [entrance.meshMac, laboratory.meshMac]],
    [laboratory, [staircase.meshMac]],
  ])
  for (const [node, macs] of heard) {
    await inTime(
      `${node.name} has joined the radios it hears`,
      () => assert.deepEqual(securedPeers(node.namespace), macs.toSorted()),
      patience.radioMs,
    )
  }
  say('links are secured by SAE')
  await inTime(
    'packets go over two hops',
    () => {
      assert.ok(canReach(entrance, laboratory))
      assert.equal(nextHop(entrance, laboratory), staircase.meshMac)
      assert.equal(nextHop(laboratory, entrance), staircase.meshMac)
    },
    patience.meshMs,
  )
  say('the way from the entrance to the laboratory is over the staircase')
  for (const node of nodes) {
    await inTime(
      `${node.name} has both others`,
      () => {
        const view = node.get('/api/v1/mesh') as MeshView
        assert.equal(view.nodes.filter(({ state }) => state === 'neighbour').length, 2)
      },
      patience.meshMs,
    )
  }
  await inTime(
    'a node knows how well it reaches the others',
    async () => {
      const links = await entrance.machine().linkQualities()
      const [near = 0, far = 0] = [staircase, laboratory].map((node) => links.get(node.meshAddress))
      assert.ok(far > 0 && far < near, `${near} and ${far}`)
    },
    patience.meshMs,
  )
  say('the entrance knows that it reaches the staircase better than the laboratory')
}
