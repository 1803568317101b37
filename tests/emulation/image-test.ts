/**
 * `npm run test:image`: makes a card, twice, starts it in emulation, measures it, and cuts its power at random moments.
 * With --update it is updated instead, once by a system that is well and once by one that never gets ready.
 * Takes from a quarter of an hour to hours, as the machine is: nothing in it waits for a clock, everything for what is to be.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureSystemTools } from '../system-tools.ts'
import { cardTools } from './card-tools.ts'
import { EmulatedCard } from './emulated-card.ts'
import { EmulatedVenue } from './emulated-venue.ts'
import { emulatedBoards } from './emulator.ts'
import { randomFrom } from './random-from.ts'
import { testUpdate } from './update-test.ts'

/** A power of two, as qemu's card reader of a Raspberry Pi wants it. */
const cardBytes = 4 * 1024 ** 3
/** Until what was brought is on the card: ext4's commit=60, and then some (firmware-config/render/card.ts). */
const settleMs = 3 * 60_000
const work = resolve(import.meta.dirname, '../../artworks/collection/peil')

const { values } = parseArgs({
  options: {
    board: { type: 'string', default: 'generic-amd64' },
    cuts: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    'idle-minutes': { type: 'string', default: '10' },
    update: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    cache: { type: 'string', default: join(homedir(), '.cache', 'mesh-art') },
  },
})
const board = emulatedBoards.find((one) => one === values.board)
if (board === undefined) {
  process.stderr.write(`--board is ${emulatedBoards.join(', ')}\n`)
  process.exit(2)
}
const part = `${values.update ? 'update-' : ''}${board}`
const folder = join(values.cache, `emulation-${part}`)
const log = join(values.cache, `image-${part}.log`)
const say = (text: string): void => {
  const line = `${new Date().toISOString().slice(11, 19)} ${text}\n`
  process.stdout.write(line)
  appendFileSync(log, line)
}

if (!ensureSystemTools(cardTools)) process.exit(1)
if (!values.keep) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
writeFileSync(log, '')
const venue = new EmulatedVenue(folder, board)
const image = join(folder, 'foyer.img')
if (values.update) {
  if (!values.keep) venue.image(image, values.cache)
  await testUpdate({ folder, image, board, cardBytes, say })
  process.exit(0)
}
const hash = values.keep ? hashOf(image) : makeImages()
unpack()

const card = new EmulatedCard({ image: join(folder, 'card.img'), board, folder })
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void card.cutPower().finally(() => process.exit(1)))
try {
  const { readySeconds } = await firstStart()
  await cutPowerAtRandom(readySeconds)
  say('all holds')
} finally {
  await card.cutPower()
}

function makeImages(): string {
  say(`making the card of a ${board}`)
  const made = venue.image(image, values.cache, [])
  if (values.once) return made
  say('making it again')
  const again = venue.image(join(folder, 'again.img'), values.cache)
  if (again !== made) throw new Error(`made twice it differs: ${made} and ${again}`)
  rmSync(join(folder, 'again.img'))
  say(`the same to the byte: ${made}`)
  return made
}

/** The card is written from what a technician writes it from. */
function unpack(): void {
  const to = join(folder, 'card.img')
  const unpacking = 'xz -dc "$1" | dd of="$2" bs=1M iflag=fullblock conv=sparse status=none'
  execFileSync('sh', ['-c', unpacking, 'sh', `${image}.xz`, to])
  if (hashOf(to) !== hash) throw new Error('the packed image is another')
  say(`unpacked from ${mebibytes(statSync(`${image}.xz`).size)} MiB it is the same`)
  truncateSync(to, cardBytes)
}

function hashOf(file: string): string {
  return execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64)
}

async function firstStart(): Promise<{ readySeconds: number }> {
  await card.switchOn()
  const readySeconds = await card.untilReady()
  say(`ready after ${Math.round(readySeconds)} s`)
  await seesExhibition()
  if (!(await publish())) throw new Error('no work could be brought')
  await card.until('/api/v1/artworks', (_, text) => /"slug":"peil".*"complete":true/.test(text))
  say('a work was brought, and is shown')
  const used = await card.metric('mesh_art_memory_used_bytes')
  const free = await card.metric('mesh_art_disk_free_bytes')
  if (free < 1024 ** 3) throw new Error(`works have ${mebibytes(free)} MiB: their part did not grow`)
  const minutes = Number(values['idle-minutes'])
  await pause(settleMs)
  const before = card.writtenBytes
  await pause(minutes * 60_000)
  const written = card.writtenBytes - before
  const measured = {
    board,
    sha256: hash,
    readySeconds: Math.round(readySeconds),
    memoryUsedMiB: mebibytes(used),
    imageMiB: mebibytes(statSync(image).size),
    packedMiB: mebibytes(statSync(`${image}.xz`).size),
    worksMiB: mebibytes(free),
    writtenKiBPerIdleHour: Math.round(((written / 1024) * 60) / minutes),
  }
  writeFileSync(join(folder, 'measured.json'), `${JSON.stringify(measured, null, 2)}\n`)
  say(JSON.stringify(measured))
  return { readySeconds }
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

async function seesExhibition(): Promise<void> {
  const page = await card.get('/en/')
  if (page.status !== 200 || !page.text.includes('<html')) throw new Error(`the page is ${page.status}`)
  const { status, text } = await card.get('/api/v1/exhibition')
  if (status !== 200 || !text.includes('Trial')) throw new Error(`the exhibition is ${status}: ${text}`)
}

/**
 * Brings a work as an artist does. May be cut off: then there is nothing of it, or all. The way to the card leads through this
 * process, which therefore never waits for another without listening.
 */
async function publish(signal?: AbortSignal): Promise<boolean> {
  const key = join(folder, 'artist.json')
  const passphrase = join(folder, 'passphrase')
  if (!existsSync(key)) {
    writeFileSync(passphrase, 'four words are good\n')
    venue.cli('key', 'create', key, '--passphrase-file', passphrase)
  }
  const bin = resolve(import.meta.dirname, '../../node/bin.js')
  const args = ['artwork', 'publish', work, '--node', card.url, '--key', key, '--passphrase-file', passphrase]
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: 'ignore',
    ...(signal === undefined ? {} : { signal }),
  })
  try {
    const [status] = (await once(child, 'exit')) as [number | null]
    return status === 0
  } catch {
    // Ended, as was asked for.
    return false
  }
}

/** Moments from the first instruction to well into the work. After each the card must start, and hold what it held. */
async function cutPowerAtRandom(readySeconds: number): Promise<void> {
  const random = randomFrom(Number(values.seed))
  await card.cutPower()
  checkWorks('while it was idle')
  for (let cut = 1; cut <= Number(values.cuts); cut++) {
    const seconds = random() * readySeconds * 1.5
    await card.switchOn()
    const isReady = await Promise.race([
      card.untilReady().then(
        () => true,
        () => false,
      ),
      pause(seconds * 1000, false),
    ])
    if (isReady) {
      // Half of the time after it was ready: in the middle of writing.
      const leaves = new AbortController()
      const isOver = publish(leaves.signal)
      await pause(random() * 20_000)
      await card.cutPower()
      leaves.abort()
      await isOver
    }
    await card.cutPower()
    checkWorks(
      `cut ${cut} of ${values.cuts}, ${isReady ? 'at work' : `${Math.round(seconds)} s into the start`}`,
    )
  }
  await card.switchOn()
  await card.untilReady()
  await seesExhibition()
  const { text } = await card.get('/api/v1/artworks')
  if (!/"slug":"peil".*"complete":true/.test(text)) throw new Error('the work is gone')
  await card.cutPower()
  checkWorks('at the end')
}

/** The part with the works, as the next start finds it: its journal is played, then nothing may be wrong with it, nor with any byte of a work. */
function checkWorks(when: string): void {
  const part = join(folder, 'data.ext4')
  const works = join(folder, 'works')
  card.partition(4, part)
  // 1 says that something was mended (e2fsck(8)): files that were deleted and still open, for one.
  const mended = spawnSync('e2fsck', ['-p', part], { encoding: 'utf8' })
  if (mended.status !== 0 && mended.status !== 1)
    throw new Error(`${when}: what the next start could not mend:\n${mended.stdout}`)
  const clean = spawnSync('e2fsck', ['-f', '-n', part], { encoding: 'utf8' })
  if (clean.status !== 0) throw new Error(`${when}: the file system is not whole:\n${clean.stdout}`)
  rmSync(works, { recursive: true, force: true })
  mkdirSync(works)
  execFileSync('debugfs', ['-R', `rdump / ${works}`, part], { stdio: 'ignore' })
  const said = existsSync(join(works, 'records.sqlite'))
    ? venue.cli('verify', '--data-dir', works)
    : 'nothing yet'
  say(`${when}: file system and works are whole (${said.trim().split('\n').at(-1)})`)
}
