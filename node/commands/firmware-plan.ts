import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { capacityOf, visit } from '../../firmware-config/capacity/capacity.ts'
import { Catalogue } from '../../artworks/format/catalogue.ts'
import { CommandError } from '../cli/errors.ts'
import { formatBytes, note, print, printJson, table } from '../cli/output.ts'
import { readVenue } from '../cli/read-venue.ts'
import { isThere } from '../store/is-there.ts'
import { SqliteRecordStore } from '../store/sqlite-record-store.ts'
import { isDid } from '../../artworks/format/did-key.ts'
import { readFile } from 'node:fs/promises'

const MEBIBYTE = 1024 * 1024
/** What an exhibition of a few dozen works comes to. */
const USUAL_MIB = 2048

function mebibytes(text: string): number {
  const value = Number(text)
  if (!/^\d{1,8}$/.test(text) || value === 0) throw new InvalidArgumentError('must be a number of MiB')
  return value
}

export function firmwarePlanCommand(): Command {
  return new Command('plan')
    .description('says what the radios and links of a venue mean in visitors and minutes')
    .argument('<venue.yaml>', 'the venue')
    .option('--collection <mib>', 'size of all works together, in MiB', mebibytes)
    .option('--data-dir <dir>', "a node's data directory, to take the size from its works")
    .option('--json', 'prints data')
    .addHelpText('after', '\nExample:\n  mesh-art firmware plan venue.yaml --collection 4096')
    .action(plan)
}

async function plan(
  file: string,
  options: { collection?: number; dataDir?: string; json?: boolean },
): Promise<void> {
  const venue = readVenue(file)
  const bytes =
    options.dataDir !== undefined
      ? await collectionBytes(options.dataDir)
      : (options.collection ?? USUAL_MIB) * MEBIBYTE
  const capacity = capacityOf(venue, bytes)
  if (options.json === true) {
    printJson(capacity)
    return
  }
  print(
    table([
      ['node', 'phones at once', 'videos at once', 'visitors an hour', 'limited by', 'minutes to fill'],
      ...capacity.nodes.map((node) => [
        node.name,
        String(node.phones),
        String(node.videosAtOnce),
        String(node.visitorsPerHour),
        node.limitedBy === 'radio'
          ? 'what its radio carries'
          : `the rate of its radio, ${node.hotspotMbit} Mbit/s`,
        minutes(node.minutesToFill),
      ]),
    ]),
  )
  print()
  print(
    `${venue.name}: about ${capacity.visitorsPerHour} visitors an hour, ${capacity.phones} at once, each for ${visit.minutes} minutes and ${visit.megabytes} MB.`,
  )
  print(
    `The works, ${formatBytes(bytes)}, are on all ${venue.nodes.length} nodes ${minutes(capacity.minutesToFillAll)} minutes after one has them, at worst.`,
  )
  if (options.dataDir === undefined && options.collection === undefined)
    note('The size of the collection is a guess: give it with --collection, or --data-dir.')
  note(
    'Rules of thumb, from the field: walls, phones and neighbours decide. Walk through the house with a phone.',
  )
}

const minutes = (value: number): string => (value < 1 ? '<1' : String(Math.ceil(value)))

/** Of every version that is shown, as its manifest says. */
async function collectionBytes(dataDir: string): Promise<number> {
  const dir = resolve(dataDir)
  if (!(await isThere(join(dir, 'exhibition')))) {
    throw new CommandError(`${dataDir} is no data directory of a node; choose it with --data-dir`)
  }
  const id = (await readFile(join(dir, 'exhibition'), 'utf8')).trim()
  if (!isDid(id)) throw new CommandError(`${dataDir} holds no exhibition yet`)
  const records = await SqliteRecordStore.open(join(dir, 'records.sqlite'))
  try {
    const catalogue = new Catalogue(id)
    for (const { record } of records.all()) catalogue.add(record)
    let bytes = 0
    for (const { shown } of catalogue.artworks()) bytes += shown?.body.size ?? 0
    return bytes
  } finally {
    records.close()
  }
}
