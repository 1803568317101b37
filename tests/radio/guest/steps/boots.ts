import assert from 'node:assert/strict'
import { inTime } from '../in-time.ts'
import { patience } from '../patience.ts'
import type { RadioVenue } from '../radio-venue.ts'

/** Every service of every node runs, as it was rendered, and nothing that was started has failed. */
export async function boots({ nodes, say }: RadioVenue): Promise<void> {
  for (const node of nodes) {
    node.insertCard()
    node.start()
  }
  for (const node of nodes) {
    await node.untilActive(patience.bootMs)
    await inTime(
      `${node.name} answers`,
      () => assert.match(node.namespace.run('curl', '-sS', `http://${node.meshAddress}/readyz`), /ready/),
      patience.bootMs,
    )
    assert.equal(node.run('systemctl', 'list-units', '--failed', '--no-legend', '--plain').trim(), '')
    say(`${node.name} runs`)
  }
}
