import assert from 'node:assert/strict'
import { eventually } from '../../../venue/support/eventually.ts'
import { patience } from '../patience.ts'
import type { RadioVenue } from '../radio-venue.ts'

/** Every service of every node runs, as it was rendered, and nothing that Debian started has failed. */
export async function boots({ nodes, say }: RadioVenue): Promise<void> {
  for (const node of nodes) {
    node.insertCard()
    node.start()
  }
  for (const node of nodes) {
    await node.untilActive(patience.bootMs)
    say(`${node.name} runs`)
  }
  for (const node of nodes) {
    await eventually(
      `${node.name} answers`,
      () => assert.match(node.namespace.run('curl', '-sS', `http://${node.meshAddress}/readyz`), /ready/),
      patience.bootMs,
    )
    assert.equal(node.run('systemctl', 'list-units', '--failed', '--no-legend', '--plain').trim(), '')
  }
}
