import { spawnSync } from 'node:child_process'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { machineMirrors } from '../../firmware-config/image/apt-archive.ts'
import { needsEmulation } from '../../firmware-config/image/emulation.ts'
import { emulationTool, imageTools, missingTools } from '../../firmware-config/image/host-tools.ts'
import { lockPackages } from '../../firmware-config/image/lock-packages.ts'
import { makeImage } from '../../firmware-config/image/make-image.ts'
import { lockText, readLock } from '../../firmware-config/image/system-lock.ts'
import type { SystemLock } from '../../firmware-config/image/system-lock.ts'
import type { Architecture } from '../../firmware-config/image/system-packages.ts'
import { debian } from '../../firmware-config/image/system-packages.ts'
import type { Venue } from '../../firmware-config/schema/resolve-venue.ts'
import { boardIds, boards } from '../../firmware-config/schema/boards.ts'
import type { BoardId } from '../../firmware-config/schema/boards.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { formatBytes, note, print, printJson, ProgressLine } from '../cli/output.ts'
import { readVenue, readVenueSecrets } from '../cli/read-venue.ts'
import { stewardProvisions } from '../cli/steward-provisions.ts'
import { programDir } from '../version.ts'

interface Options {
  node?: string
  board?: BoardId
  out?: string
  dataDir: string
  grants: boolean
  cache: string
  mirror?: string
  xz: boolean
  install?: boolean
  lock?: boolean
  json?: boolean
}

const locks = join(programDir, 'firmware-config', 'image', 'locks')
const lockFile = (architecture: Architecture): string => join(locks, `${debian.release}-${architecture}.lock`)

export function firmwareImageCommand(): Command {
  return new Command('image')
    .description(
      "makes a node's card: an image that starts into the exhibition, the same to the byte each time",
    )
    .argument('[venue.yaml]', 'the venue')
    .option('--node <name>', 'which node of it')
    .addOption(new Option('--board <board>', 'for another board than venue.yaml says').choices(boardIds))
    .option('--out <file.img>', 'where to; beside it come .bmap, .json and .xz')
    .option('--data-dir <dir>', 'data directory that holds the exhibition key', 'data')
    .option('--no-grants', 'without key and grant: the node then joins by invite')
    .option('--no-xz', 'without the compressed image')
    .addOption(
      new Option('--cache <dir>', 'keeps packages and systems between images').default(
        defaultCache(),
        '~/.cache/mesh-art',
      ),
    )
    .option('--mirror <url>', "another mirror of Debian than this machine's apt has")
    .option('--install', 'installs the programs that it needs and that are not here')
    .option('--lock', 'takes the newest packages of Debian into the lock, and makes no image')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      `
Needs root, on any Debian; no loop device is used, and nothing is mounted. What it makes holds the node's key: keep it for yourself.
Write it with Raspberry Pi Imager ('Use custom', the .img.xz), or with: bmaptool copy foyer.img.xz /dev/sdX

Examples:
  sudo mesh-art firmware image venue.yaml --node foyer --out foyer.img
  mesh-art firmware image --lock`,
    )
    .action(image)
}

function defaultCache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mesh-art')
}

async function image(file: string | undefined, options: Options): Promise<void> {
  if (options.lock === true) return renewLocks(options)
  const { node: name, out: given } = options
  if (file === undefined) throw new UsageError('which venue? Give its venue.yaml; or --lock')
  if (name === undefined) throw new UsageError('which node? Give --node NAME')
  if (given === undefined || !given.endsWith('.img')) throw new UsageError('where to? Give --out FILE.img')
  const venue = readVenue(file)
  const found = venue.nodes.find((node) => node.name === name)
  if (found === undefined) {
    const names = venue.nodes.map((node) => node.name).join(', ')
    throw new UsageError(`--node: ${venue.name} has no ${name}; it has ${names}`)
  }
  const boardId = options.board ?? found.boardId
  const node = { ...found, boardId, board: boards[boardId] }
  const secrets = await readVenueSecrets(file, venue)
  const provision = options.grants ? await grantOf(options.dataDir, venue, name) : undefined
  if (process.getuid?.() !== 0) throw new CommandError('must run as root: sudo mesh-art firmware image …')
  const { architecture } = node.board
  ensureTools(architecture, options.install === true)
  const lock = await lockOf(architecture)
  const out = resolve(given)
  for (const ending of ['', '.bmap', '.json', '.xz']) await rm(`${out}${ending}`, { force: true })
  const line = new ProgressLine()
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.once('SIGINT', interrupt)
  try {
    const made = await makeImage({
      plan: { venue, node, secrets: { ...secrets, ...(provision === undefined ? {} : { provision }) } },
      lock,
      mirrors: await machineMirrors(options.mirror),
      programDir,
      out,
      cache: resolve(options.cache),
      compress: options.xz,
      onProgress: (text) => line.show(`${name}: ${text}`),
      signal: stop.signal,
    })
    line.done()
    if (options.json === true) {
      printJson(made)
      return
    }
    print(
      `${name} is in ${given}: ${formatBytes(made.mappedBytes)} to write, for cards of ${formatBytes(made.cardBytes)} or more`,
    )
    if (options.xz)
      print(`and in ${given}.xz, for Raspberry Pi Imager: ${formatBytes((await stat(`${out}.xz`)).size)}`)
    note('It holds the key of the node: keep it for yourself.')
  } finally {
    line.done()
    process.removeListener('SIGINT', interrupt)
  }
}

async function grantOf(dataDir: string, venue: Venue, name: string) {
  return (await stewardProvisions(dataDir, venue)).get(name)
}

async function renewLocks(options: Options): Promise<void> {
  ensureTools('amd64', options.install === true)
  const line = new ProgressLine()
  const mirrors = await machineMirrors(options.mirror)
  for (const architecture of ['arm64', 'amd64'] as const) {
    const file = lockFile(architecture)
    const before = await lockOf(architecture).catch(() => null)
    const made = await lockPackages({
      architecture,
      mirrors,
      folder: join(resolve(options.cache), `apt-${architecture}`),
      epoch: Math.floor(Date.now() / 1000),
      onLine: (text) => line.show(`${architecture}: ${text.slice(0, 60)}`),
    })
    line.done()
    const known = new Map(before?.packages.map((one) => [`${one.set} ${one.name}`, one.version]))
    for (const { set, name, version } of made.packages) {
      const old = known.get(`${set} ${name}`)
      if (old !== version) print(`${architecture} ${name} ${old ?? '(new)'} -> ${version}`)
    }
    await writeFile(file, lockText(made))
    print(`${made.packages.length} packages for ${architecture} are locked`)
  }
}

async function lockOf(architecture: Architecture): Promise<SystemLock> {
  const file = lockFile(architecture)
  try {
    return readLock(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new CommandError(`${file} is damaged: bring it back, or make it anew with --lock`, { cause })
  }
}

function ensureTools(architecture: Architecture, mayInstall: boolean): void {
  const tools = [...imageTools, ...(needsEmulation(architecture) ? [emulationTool] : [])]
  const names = (): string =>
    missingTools(tools)
      .map((tool) => tool.package)
      .join(' ')
  if (names() === '') return
  if (mayInstall) {
    const args = ['install', '-y', '--no-install-recommends', ...names().split(' ')]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 'inherit'], env })
  }
  if (names() !== '')
    throw new CommandError(
      `programs are missing: apt-get install --no-install-recommends ${names()} (or give --install)`,
    )
}
