import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeBootPartition } from '../../../firmware-config/image/boot-partition.ts'
import { cardIdentity } from '../../../firmware-config/image/card-identity.ts'
import { makeDataPartition } from '../../../firmware-config/image/data-partition.ts'
import { packSlot } from '../../../firmware-config/image/root-slot.ts'
import { findCommand } from '../../system-tools.ts'

const MEBIBYTE = 1024 * 1024
const epoch = 1_790_000_000
const identity = cardIdentity('oba', 'hall')
const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-twice-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** The same files, written in another order and at another time. */
function folderOf(name: string, order: readonly string[], time: number): string {
  const folder = join(scratch, name)
  mkdirSync(join(folder, 'below'), { recursive: true })
  for (const file of order) {
    writeFileSync(join(folder, file), `what is in ${file}`)
    utimesSync(join(folder, file), time, time)
  }
  symlinkSync('a', join(folder, 'link'))
  return folder
}

const names = ['a', 'below/c', 'b']
const first = folderOf('first', names, 1_600_000_000)
const second = folderOf('second', names.toReversed(), 1_700_000_000)

async function twice(
  make: (file: string, folder: string) => Promise<void>,
): Promise<readonly [Buffer, Buffer]> {
  const files = [join(scratch, 'one'), join(scratch, 'two')] as const
  await make(files[0], first)
  await make(files[1], second)
  const bytes = [readFileSync(files[0]), readFileSync(files[1])] as const
  for (const file of files) rmSync(file)
  return bytes
}

describe('a part of a card that is made twice is the same to the byte', () => {
  it('a slot, whatever the order and time of its files', async () => {
    const [one, two] = await twice((file, root) => packSlot({ root, file, epoch }))
    expect(one.equals(two)).toBe(true)
    expect(one.subarray(0, 4).toString()).toBe('hsqs')
  })

  it('the boot partition, and mtools reads what is in it', async () => {
    const [one, two] = await twice((file, folder) =>
      makeBootPartition({
        contents: new Map([
          ['config.txt', join(folder, 'a')],
          ['a/vmlinuz', join(folder, 'below/c')],
        ]),
        file,
        bytes: 64 * MEBIBYTE,
        identity,
        epoch,
      }),
    )
    expect(one.equals(two)).toBe(true)
    const file = join(scratch, 'boot')
    writeFileSync(file, one)
    const read = execFileSync('mtype', ['-i', file, '::a/vmlinuz'], { encoding: 'utf8' })
    expect(read).toBe('what is in below/c')
  })

  it('the part for works, which is whole, and labelled', async () => {
    const [one, two] = await twice((file) =>
      makeDataPartition({ file, bytes: 64 * MEBIBYTE, identity, epoch }),
    )
    expect(one.equals(two)).toBe(true)
    const file = join(scratch, 'data')
    writeFileSync(file, one)
    execFileSync(findCommand('e2fsck') ?? 'e2fsck', ['-f', '-n', file], { stdio: 'ignore' })
    expect(execFileSync(findCommand('e2label') ?? 'e2label', [file], { encoding: 'utf8' }).trim()).toBe(
      'mesh-art-data',
    )
  })
})
