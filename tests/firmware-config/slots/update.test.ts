import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { bootFiles, commandLine } from '../../../firmware-config/image/boot-files.ts'
import type { CardPartition } from '../../../firmware-config/image/card-layout.ts'
import { writeCard } from '../../../firmware-config/image/write-card.ts'
import { CardImage } from '../../../firmware-config/slots/card-image.ts'
import { slotBootFolder } from '../../../firmware-config/slots/fill-slot.ts'
import type { Slot } from '../../../firmware-config/slots/slot.ts'
import { readSheet, sheetText } from '../../../firmware-config/slots/slot-sheet.ts'
import type { SlotSheet } from '../../../firmware-config/slots/slot-sheet.ts'
import { keepRunning, slotsStatus, undo, updateCard } from '../../../firmware-config/slots/update.ts'
import type { Card } from '../../../firmware-config/slots/update.ts'

const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-update-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const diskId = '0000abcd'
const board = 'pi-4'
/** Stands for a squashfs: more than is read at once, and never twice the same block. */
const system = Buffer.from(Uint32Array.from({ length: 90_001 }, (_, i) => i * 2_654_435_761).buffer)
const sheet: SlotSheet = {
  format: 1,
  venue: 'oba',
  node: 'hall',
  board,
  diskId,
  program: '0.2.0',
  packages: '2026-11-01',
  slotBytes: system.length,
  slotSha256: createHash('sha256').update(system).digest('hex'),
}

/** As a card's, and small. */
const MEBIBYTE = 1024 * 1024
const layout: CardPartition[] = [
  { name: 'boot', number: 1, type: 0x0c, startBytes: MEBIBYTE, sizeBytes: MEBIBYTE },
  { name: 'slot-a', number: 2, type: 0x83, startBytes: 2 * MEBIBYTE, sizeBytes: MEBIBYTE },
]

async function imageOf(name: string, told: SlotSheet = sheet): Promise<string> {
  const file = join(scratch, `${name}.img`)
  const slot = join(scratch, 'slot')
  writeFileSync(slot, system)
  await writeCard({
    file,
    layout,
    diskId: 0xabcd,
    sheet: sheetText(told),
    parts: new Map([['slot-a', slot]]),
    onProgress: () => {},
  })
  return file
}

const good = await imageOf('good')
const kernel = { vmlinuz: 'a kernel', initrd: 'an initramfs', 'bcm2711.dtb': 'a tree' }

/** A card of folders and files that runs slot a, as it comes from its image. */
function cardIn(name: string): Card & { readonly folder: string; readonly text: (path: string) => string } {
  const folder = join(scratch, name)
  const boot = join(folder, 'boot')
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const { path, text } of bootFiles(board, 0xabcd)) put(`boot/${path}`, text)
  put('boot/a/slot.json', sheetText({ ...sheet, program: '0.1.0' }))
  put('a', 'the system that runs')
  put('b', 'what was there before')
  for (const [file, text] of Object.entries(kernel)) put(`system/${slotBootFolder}/${file}`, text)
  put(`system/${slotBootFolder}/cmdline.txt`, `${commandLine(board, 0xabcd, 'a')}\n`)
  return {
    folder,
    text: (path) => readFileSync(join(folder, path), 'utf8'),
    running: 'a',
    diskId,
    boot,
    device: (slot: Slot) => join(folder, slot),
    opened: (_device, use) => use(join(folder, 'system')),
    forgetCached: async () => {},
  }
}

const from = (source: string | Readable) => ({
  open: () => CardImage.open(source),
  readsTwice: typeof source === 'string',
  trialSeconds: 600,
  onProgress: () => {},
})

describe('an update of a card', () => {
  it('writes the other slot with what starts it, has it tried, and leaves the running one alone', async () => {
    const card = cardIn('written')
    expect(await updateCard(card, from(good))).toEqual(sheet)
    expect(readFileSync(join(card.folder, 'b')).subarray(0, system.length).equals(system)).toBe(true)
    for (const [file, text] of Object.entries(kernel)) expect(card.text(`boot/b/${file}`)).toBe(text)
    expect(card.text('boot/b/cmdline.txt')).toContain('mesh-art.slot=b mesh-art.try=0600')
    expect(card.text('boot/config.txt')).toMatch(/^os_prefix=b\/\n#try=b2\narm_64bit=1\n/)
    expect(card.text('a')).toBe('the system that runs')
    expect(card.text('boot/a/cmdline.txt')).toBe(`${commandLine(board, 0xabcd, 'a')}\n`)
    expect(await slotsStatus(card)).toMatchObject({
      running: 'a',
      starts: 'b',
      trial: { slot: 'b', triesLeft: 2 },
      holds: { a: { program: '0.1.0' }, b: { program: '0.2.0' } },
    })
    // Started, ready, kept.
    const inB = { ...card, running: 'b' } as const
    await expect(updateCard(inB, from(good))).rejects.toThrow('not kept yet')
    expect(await keepRunning(inB)).toBe(true)
    expect(card.text('boot/config.txt')).toMatch(/^os_prefix=b\/\n#try=--\n/)
    expect(card.text('boot/b/cmdline.txt')).toContain('mesh-art.try=0000')
    expect((await undo(inB, 600)).status.starts).toBe('a')
    expect(card.text('boot/a/cmdline.txt')).toContain('mesh-art.try=0600')
  })

  it('comes from a stream as well, and reads no more of it than it needs', async () => {
    const card = cardIn('streamed')
    const bytes = readFileSync(good)
    await updateCard(card, from(Readable.from([bytes.subarray(0, 5000), bytes.subarray(5000)])))
    expect(readFileSync(join(card.folder, 'b')).equals(system)).toBe(true)
  })

  it.each([
    ['another node', { diskId: '0000abce', node: 'attic' }, 'card of attic'],
    ['another board', { board: 'pi-3' as const }, '(pi-3)'],
    ['a damaged system', { slotSha256: '0'.repeat(64) }, 'damaged'],
    ['a system that is cut off', { slotBytes: 2 * MEBIBYTE }, 'ends before'],
  ])('changes nothing for the image of %s', async (what, changed, word) => {
    const card = cardIn(what)
    const image = await imageOf(what, { ...sheet, ...changed })
    await expect(updateCard(card, from(image))).rejects.toThrow(word)
    expect(card.text('b')).toBe('what was there before')
    expect(card.text('boot/config.txt')).toMatch(/^os_prefix=a\/\n#try=--\n/)
  })

  it('from a damaged stream is never started', async () => {
    const card = cardIn('damaged stream')
    const bytes = readFileSync(await imageOf('damaged', { ...sheet, slotSha256: 'f'.repeat(64) }))
    await expect(updateCard(card, from(Readable.from([bytes])))).rejects.toThrow('damaged')
    expect(await slotsStatus(card)).toMatchObject({ starts: 'a', trial: null, holds: { a: {} } })
    expect((await slotsStatus(card)).holds.b).toBeUndefined()
    expect((await undo(card, 600)).done).toBe('nothing')
  })

  it('says of what is no image that it is none', async () => {
    for (const bytes of ['', 'MZ', '\0'.repeat(20_000), readFileSync(good).subarray(0, 8191)])
      await expect(CardImage.open(Readable.from([Buffer.from(bytes)]))).rejects.toThrow("no card's image")
    expect(readSheet(Buffer.from(sheetText({ ...sheet, slotBytes: -1 })))).toBeNull()
    expect(readSheet(Buffer.from(`${sheetText(sheet)}\0\0`))).toEqual(sheet)
  })
})

describe('a slot on trial on a Raspberry Pi', () => {
  const script = resolve(import.meta.dirname, '../../../firmware-config/image/spend-try.sh')
  const spend = (config: string, slot: Slot): string => {
    const file = join(scratch, 'config.txt')
    writeFileSync(file, config)
    expect(spawnSync('sh', [script, file, slot]).status).toBe(0)
    return readFileSync(file, 'utf8')
  }
  const rest = 'arm_64bit=1\nkernel=vmlinuz\n'

  it.each([
    ['b/', 'b2', 'b', 'b/', 'b1'],
    ['b/', 'b1', 'b', 'a/', 'b0'],
    ['a/', 'b0', 'b', 'a/', 'b0'],
    ['a/', 'a1', 'a', 'b/', 'a0'],
    // None of its own.
    ['a/', 'b2', 'a', 'a/', 'b2'],
    ['b/', '--', 'b', 'b/', '--'],
  ] as const)('%s with %s, started as %s: next %s with %s', (starts, tries, slot, next, left) => {
    expect(spend(`os_prefix=${starts}\n#try=${tries}\n${rest}`, slot)).toBe(
      `os_prefix=${next}\n#try=${left}\n${rest}`,
    )
  })

  it('leaves a config.txt that was changed by hand as it is', () => {
    for (const text of ['', 'os_prefix=b/\n', `kernel=mine\nos_prefix=b/\n${rest}`]) {
      const file = join(scratch, 'config.txt')
      writeFileSync(file, text)
      spawnSync('sh', [script, file, 'b'])
      expect(readFileSync(file, 'utf8')).toBe(text)
    }
  })
})
