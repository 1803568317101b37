import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { cardLayout } from '../../firmware-config/image/card-layout.ts'
import { packSlot } from '../../firmware-config/image/root-slot.ts'
import { readSheet, sheetAtBytes, sheetBytes, sheetText } from '../../firmware-config/slots/slot-sheet.ts'
import { EmulatedCard } from './emulated-card.ts'
import type { EmulatedBoard } from './emulator.ts'

const [, slotA] = cardLayout({ starts: 'uefi', storage: 'card' })
/** Of the emulated machine: nothing but the card hangs on it. */
const stickDevice = '/dev/vdb'
/** Long enough for a system that is well: only the one that is not waits it out. */
const readyWithinMinutes = { good: 30, bad: 1 }

/**
 * `npm run test:image -- --update`: a card writes its other slot, tries it, keeps it; then writes a system that never gets ready,
 * tries that twice, and starts the one that it had.
 */
export async function testUpdate(options: {
  readonly folder: string
  readonly image: string
  readonly board: EmulatedBoard
  readonly cardBytes: number
  readonly say: (text: string) => void
}): Promise<void> {
  const { folder, image, board, cardBytes, say } = options
  const file = join(folder, 'updated.img')
  rmSync(file, { force: true })
  execFileSync('cp', ['--sparse=always', image, file])
  truncateSync(file, cardBytes)
  const bad = await badImage(image, join(folder, 'bad'))
  const card = new EmulatedCard({ image: file, board, folder })
  const end = (): void => void card.cutPower().finally(() => process.exit(1))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  try {
    await isKept(card, image, say)
    await isUndone(card, bad, say)
  } finally {
    await card.cutPower()
  }
}

async function isKept(card: EmulatedCard, image: string, say: (text: string) => void): Promise<void> {
  await update(card, image, 'a', readyWithinMinutes.good)
  say('slot b was written from a card that runs slot a')
  await starts(card, 'b', true)
  say('slot b was tried, and is kept once its node is ready')
}

export async function isUndone(card: EmulatedCard, bad: string, say: (text: string) => void): Promise<void> {
  await update(card, bad, 'b', readyWithinMinutes.bad)
  say('it starts again as what is kept, and wrote slot a with a system that never gets ready')
  for (const time of ['first', 'last']) {
    await card.switchOn()
    await card.untilOff()
    if (!/slot a did not get ready in time/.test(card.console))
      throw new Error(`slot a was not tried:\n${card.console}`)
    await card.cutPower()
    say(`it was started for the ${time} time, did not get ready, and the machine started again by itself`)
  }
  await starts(card, 'b', false)
  say('slot b runs again, and nobody had to do anything')
}

const command = (line: string): string => `${line}; echo "it ended with $?"`

async function update(card: EmulatedCard, image: string, from: 'a' | 'b', minutes: number): Promise<void> {
  const line = `mesh-art firmware update --ready-within ${minutes} ${stickDevice}`
  await card.switchOn({ stick: image, run: command(`cat /proc/cmdline; ${line}`) })
  const [, status] = await card.untilSaid(/it ended with (\d+)/)
  if (status !== '0' || !card.console.includes(`mesh-art.slot=${from} mesh-art.try=0000`))
    throw new Error(`no update from slot ${from}:\n${card.console.slice(-3000)}`)
  await card.cutPower()
}

/** Its unit has kept what runs when this is asked: the question waits for it. */
async function starts(card: EmulatedCard, slot: 'a' | 'b', isTrial: boolean): Promise<void> {
  await card.switchOn({ run: command('cat /proc/cmdline; mesh-art firmware update --status') })
  await card.untilReady()
  const [, status] = await card.untilSaid(/it ended with (\d+)/)
  const said = card.console
  const line = new RegExp(`mesh-art\\.slot=${slot} mesh-art\\.try=${isTrial ? '(?!0000)' : '0000'}`)
  const isKept = said.includes(`slot ${slot} starts next`) && !/; (on trial|to be tried)/.test(said)
  if (status !== '0' || !line.test(said) || !isKept)
    throw new Error(`slot ${slot} is not what runs and is kept:\n${said.slice(-3000)}`)
  await card.cutPower()
}

/** A card's image whose system is whole, with the kernel of the other, and does nothing at all. */
async function badImage(image: string, folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true })
  const root = join(folder, 'root')
  mkdirSync(join(root, 'usr/lib/systemd'), { recursive: true })
  for (const name of ['dev', 'proc', 'sys', 'run', 'usr/bin'])
    mkdirSync(join(root, name), { recursive: true })
  const slot = join(folder, 'slot')
  const sheet = readHead(image)
  const at = slotA?.startBytes ?? 0
  execFileSync('dd', [
    `if=${image}`,
    `of=${slot}`,
    'bs=1M',
    'iflag=skip_bytes,count_bytes',
    `skip=${at}`,
    `count=${sheet.slotBytes}`,
    'status=none',
  ])
  const boot = 'usr/lib/mesh-art/boot'
  execFileSync('unsquashfs', ['-q', '-n', '-d', join(folder, 'good'), slot, boot], { stdio: 'ignore' })
  cpSync(join(folder, 'good', boot), join(root, boot), { recursive: true })
  const initramfs = zstdDecompressSync(readFileSync(join(root, boot, 'initrd')))
  execFileSync('busybox', ['cpio', '-id', 'bin/busybox'], {
    cwd: folder,
    input: initramfs,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  cpSync(join(folder, 'bin/busybox'), join(root, 'usr/bin/busybox'))
  const systemd = join(root, 'usr/lib/systemd/systemd')
  writeFileSync(systemd, '#!/usr/bin/busybox sh\nwhile true; do /usr/bin/busybox sleep 60; done\n')
  chmodSync(systemd, 0o755)
  rmSync(slot)
  await packSlot({ root, file: slot, epoch: 1 })
  const bytes = readFileSync(slot)
  const bad = join(folder, 'bad.img')
  execFileSync('dd', [`if=${image}`, `of=${bad}`, 'bs=4096', 'count=1', 'status=none'])
  truncateSync(bad, (slotA?.startBytes ?? 0) + (slotA?.sizeBytes ?? 0))
  const slotSha256 = createHash('sha256').update(bytes).digest('hex')
  const out = openSync(bad, 'r+')
  writeSync(out, sheetText({ ...sheet, slotBytes: bytes.length, slotSha256 }), sheetAtBytes)
  writeSync(out, bytes, 0, bytes.length, at)
  closeSync(out)
  return bad
}

function readHead(image: string) {
  const bytes = Buffer.alloc(sheetBytes)
  const file = openSync(image, 'r')
  readSync(file, bytes, 0, sheetBytes, sheetAtBytes)
  closeSync(file)
  const sheet = readSheet(bytes)
  if (sheet === null) throw new Error(`${image} says nothing of its system`)
  return sheet
}
