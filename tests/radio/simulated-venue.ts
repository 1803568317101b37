import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import type { YAMLMap, YAMLSeq } from 'yaml'
import { radios } from './guest/radios.ts'
import { work } from './guest/work.ts'

const checkout = resolve(import.meta.dirname, '../..')
const example = join(checkout, 'firmware-config/venues/nemo.yaml')
const bin = join(checkout, 'node/bin.js')
const secret = 'a secret of the mesh of a test'

/**
 * What a technician prepares, in a folder: venue.yaml of NEMO with simulated radios in place of those of Raspberry Pis, the
 * exhibition, and what `firmware render` makes of them.
 */
export function prepareVenue(folder: string): void {
  const venue = parseDocument(readFileSync(example, 'utf8'))
  const nodes = venue.get('nodes') as YAMLSeq<YAMLMap>
  // The roof stays away: what is tried fits three.
  while (nodes.items.length > radios.nodes) nodes.items.pop()
  for (const [i, node] of nodes.items.entries()) {
    const own = radios.ofNode(i)
    node.set('radio', venue.createNode({ mac: own.hotspot }))
    node.set('meshRadio', venue.createNode({ mac: own.mesh }))
    // There are no sticks here.
    node.delete('storage')
  }
  mkdirSync(folder, { recursive: true })
  const yaml = join(folder, 'venue.yaml')
  writeFileSync(yaml, venue.toString())
  writeFileSync(join(folder, 'mesh.secret'), `${secret}\n`, { mode: 0o600 })
  const steward = join(folder, 'steward')
  cli('exhibition', 'create', '--data-dir', steward, ...texts)
  cli('firmware', 'render', yaml, '--out', join(folder, 'cards'), '--data-dir', steward)
  const passphrase = join(folder, 'passphrase')
  writeFileSync(passphrase, 'four words are good\n')
  cli('key', 'create', join(folder, 'artist.json'), '--passphrase-file', passphrase)
  cpSync(join(checkout, 'artworks/collection', work), join(folder, work), { recursive: true })
}

const texts = [
  ...['--title-nl', 'Proef', '--title-en', 'Trial'],
  ...['--statement-nl', 'Een proef met radio’s.', '--statement-en', 'A trial with radios.'],
]

function cli(...args: string[]): void {
  execFileSync(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
}
