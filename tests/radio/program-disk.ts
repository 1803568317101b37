import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { applyRendered } from '../../node/cli/apply-rendered.ts'
import { makeDiskImage } from '../emulation/disk-image.ts'
import { prepareVenue } from './simulated-venue.ts'
import { rehearse } from './rehearse.ts'

const checkout = resolve(import.meta.dirname, '../..')

/**
 * The disk of a run: /system, the program as its installer puts it into a Debian; /venue, what a
 * technician has prepared; /cards, that as `firmware install` puts it into a system. */
export async function makeProgramDisk(folder: string): Promise<string> {
  const tree = join(folder, 'tree')
  const system = join(tree, 'system')
  mkdirSync(system, { recursive: true })
  execFileSync('sh', [join(checkout, 'firmware-config/install.sh'), '--prebuilt', '--root', system], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const venue = join(tree, 'venue')
  prepareVenue(venue)
  for (const name of readdirSync(join(venue, 'cards'), { withFileTypes: true })) {
    if (!name.isDirectory()) continue
    const card = join(tree, 'cards', name.name)
    mkdirSync(card, { recursive: true })
    await applyRendered(join(venue, 'cards', name.name), card)
  }
  rehearse(tree, join(folder, 'rehearsal'))
  const path = join(folder, 'program.ext4')
  makeDiskImage({ path, folder: tree, label: 'program', sizeMiB: 2048 })
  return path
}
