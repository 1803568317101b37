import { expect, it } from 'vitest'
import { lineOfNodes } from './mesh-nodes.ts'

it('a node two away is heard between its statuses, by the signs of life that the one in the middle passes on', async () => {
  const [first, , last] = await lineOfNodes(3)
  if (first === undefined || last === undefined) throw new Error('nodes')
  // A mesh of five hundred, as it believes: its next status is minutes away.
  for (let i = 0; i < 500; i += 1) last.state.peer(`of a mesh of many: ${i}`, Number.MAX_SAFE_INTEGER)
  /** Times at which it was heard at, while one status was its last: the first may be the status, any other is a sign. */
  const heard = new Map<unknown, Set<number>>()
  await expect
    .poll(
      () => {
        const atMs = first.state.peers.get(last.did)?.lastHeardMs
        const status = last.state.ownLetGo
        if (atMs !== undefined && status !== undefined) {
          const times = heard.get(status) ?? new Set()
          heard.set(status, times.add(atMs))
        }
        return Math.max(0, ...[...heard.values()].map(({ size }) => size))
      },
      { timeout: 100_000, interval: 50 },
    )
    .toBeGreaterThan(2)
  expect(first.state.droppedStatuses).toEqual({ forged: 0, stale: 0, stranger: 0 })
  expect(first.state.peers.get(last.did)?.neighbours).toHaveLength(1)
}, 120_000)
