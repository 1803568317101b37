import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { RadioVenue } from '../radio-venue.ts'

/** Real hostapd, dnsmasq and node served real stations: neither journal nor card knows who was there. */
export async function forgets({ nodes, ada, bo, entrance, say }: RadioVenue): Promise<void> {
  const words = [ada, bo].flatMap(({ mac, hostname, addresses }) => [
    mac,
    mac.replaceAll(':', ''),
    hostname,
    ...addresses,
  ])
  for (const node of nodes) {
    const journal = node.journal()
    assert.ok(journal.includes('mesh-art-node.service'))
    for (const word of words) {
      // The range of its leases dnsmasq says when it starts.
      const said = journal.split('\n').filter((line) => line.includes(word) && !line.includes('IP range'))
      assert.deepEqual(said, [], `${node.name}'s journal on ${word}`)
    }
    const written = join(node.card, 'upper')
    for (const word of words) assert.equal(grep(written, word), '', `${node.name}'s card on ${word}`)
  }
  // The control: what was written is found.
  assert.notEqual(grep(join(entrance.card, 'upper'), 'entrance'), '')
  say('no journal and no card knows a phone')
}

function grep(folder: string, word: string): string {
  return spawnSync('grep', ['-rlaF', word, folder], { encoding: 'utf8' }).stdout
}
