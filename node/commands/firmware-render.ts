import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { renderNode } from '../../firmware-config/render/render-node.ts'
import { CommandError } from '../cli/errors.ts'
import { note, print } from '../cli/output.ts'
import { readVenue, readVenueSecrets } from '../cli/read-venue.ts'
import { stewardProvisions } from '../cli/steward-provisions.ts'
import { markName, writeRendered } from '../cli/write-rendered.ts'

export function firmwareRenderCommand(): Command {
  return new Command('render')
    .description(
      'writes every file of every node, with keys and grants; the same venue.yaml gives the same bytes',
    )
    .argument('<venue.yaml>', 'the venue')
    .requiredOption('--out <dir>', 'where to; a folder a node')
    .option('--data-dir <dir>', 'data directory that holds the exhibition key', 'data')
    .option('--no-grants', 'without keys and grants: nodes then join by invite')
    .addHelpText(
      'after',
      `
What it writes holds secrets: keep it for yourself, and throw it away when the cards are written.

Examples:
  mesh-art firmware render venue.yaml --out cards --data-dir data
  mesh-art firmware check cards`,
    )
    .action(render)
}

async function render(
  file: string,
  options: { out: string; dataDir: string; grants: boolean },
): Promise<void> {
  const venue = readVenue(file)
  const secrets = await readVenueSecrets(file, venue)
  const provisions = options.grants ? await stewardProvisions(options.dataDir, venue) : new Map()
  const { out } = options
  await openFolder(out)
  for (const node of venue.nodes) {
    const provision = provisions.get(node.name)
    const plan = { venue, node, secrets: { ...secrets, ...(provision === undefined ? {} : { provision }) } }
    writeRendered(out, renderNode(plan))
  }
  const names = new Set(venue.nodes.map(({ name }) => name))
  for (const entry of await readdir(out)) {
    if (entry !== markName && !names.has(entry)) await rm(join(out, entry), { recursive: true })
  }
  print(`${venue.nodes.length} nodes of ${venue.name} are in ${out}`)
  note(`Next: mesh-art firmware check ${out}`)
}

/** A folder of ours, or a new or empty one: what else is in it stays untouched. */
async function openFolder(out: string): Promise<void> {
  await mkdir(out, { recursive: true, mode: 0o700 })
  const there = await readdir(out)
  if (there.length > 0 && !there.includes(markName)) {
    throw new CommandError(`${out} holds other things: choose a new folder with --out`)
  }
  await writeFile(join(out, markName), '')
}
