import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '../../../venue/support/eventually.ts'
import { patience } from '../patience.ts'
import type { RadioNode } from '../radio-node.ts'
import type { RadioVenue } from '../radio-venue.ts'

/** Where the program keeps what it compiled (firmware-config/systemd/mesh-art-node.service). */
const compiled = 'upper/var/cache/mesh-art'

/** Every service of every node runs, as it was rendered, and nothing that was started has failed. */
export async function boots({ nodes, say }: RadioVenue): Promise<void> {
  const [first, ...others] = nodes
  if (first === undefined) return
  await boot(first, say)
  // Compiled once, by the first: the others are as cards that have started before.
  await eventually(
    'the first has written what it compiled',
    () => {
      const files = readdirSync(join(first.card, compiled), { recursive: true, encoding: 'utf8' })
      // One that is being written has a second name behind its own.
      assert.ok(files.length > 100 && !files.some((file) => /\.\w{6}$/.test(file)))
    },
    patience.bootMs,
  )
  for (const node of others) {
    node.insertCard()
    mkdirSync(join(node.card, 'root/var/cache'), { recursive: true })
    execFileSync('cp', ['-a', join(first.card, compiled), join(node.card, 'root/var/cache/')])
    node.start()
  }
  for (const node of others) await untilReady(node, say)
}

async function boot(node: RadioNode, say: RadioVenue['say']): Promise<void> {
  node.insertCard()
  node.start()
  await untilReady(node, say)
}

async function untilReady(node: RadioNode, say: RadioVenue['say']): Promise<void> {
  await node.untilActive(patience.bootMs)
  await eventually(
    `${node.name} answers`,
    () => assert.match(node.namespace.run('curl', '-sS', `http://${node.meshAddress}/readyz`), /ready/),
    patience.bootMs,
  )
  assert.equal(node.run('systemctl', 'list-units', '--failed', '--no-legend', '--plain').trim(), '')
  say(`${node.name} runs`)
}
