import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Of } from '../image/apt-archive.ts'
import { ImageError } from '../image/image-error.ts'
import { syncFolder, writeSynced } from './boot-folder.ts'
import type { CardImage } from './card-image.ts'
import { forSlot } from './command-line.ts'
import type { Slot } from './slot.ts'

/** In a slot's system: kernel, initramfs, device trees and command line, with which it is started. */
export const slotBootFolder = 'usr/lib/mesh-art/boot'
const syncEveryBytes = 16 * 1024 * 1024
const commandLineName = 'cmdline.txt'

/** The card of this machine, as far as an update touches it. */
export interface SlotTarget {
  readonly slot: Slot
  /** Of its part. */
  readonly device: string
  /** Where the boot partition is mounted. */
  readonly boot: string
  /** Shows what is in the part as a folder, for as long as `use` takes. */
  readonly opened: (device: string, use: (folder: string) => Promise<void>) => Promise<void>
  /** So that what is read again comes from the card. */
  readonly forgetCached: (device: string) => Promise<void>
  readonly onProgress: (text: string) => void
}

/** Writes a system and what it starts with, and reads all of it again. @throws {ImageError} where it is not what the image says */
export async function fillSlot(image: CardImage, target: SlotTarget): Promise<void> {
  const { slot, device, onProgress, forgetCached } = target
  const { slotBytes, slotSha256 } = image.sheet
  const written = await writeDevice(image, target)
  if (written !== slotSha256)
    throw new ImageError(
      'the image is damaged: its system is not what it says. The slot that runs is as it was, the other is empty; bring it again',
    )
  onProgress(`slot ${slot}: reading it again`)
  await forgetCached(device)
  if ((await sha256OfFirst(device, slotBytes)) !== slotSha256)
    throw new ImageError(`the card does not keep what is written to it (slot ${slot}): change the card`)
  await target.opened(device, (folder) => fillBoot(folder, target))
}

async function writeDevice(image: CardImage, { slot, device, onProgress }: SlotTarget): Promise<string> {
  const { slotBytes } = image.sheet
  const hash = createHash('sha256')
  const file = await open(device, 'r+')
  try {
    let at = 0
    let synced = 0
    for await (const bytes of image.slot()) {
      hash.update(bytes)
      await file.write(bytes, 0, bytes.length, at)
      at += bytes.length
      if (at - synced < syncEveryBytes) continue
      await file.datasync()
      synced = at
      onProgress(`slot ${slot}: ${Math.floor((at / slotBytes) * 100)} % written`)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

/** Hash of a system as an image has it, without writing any of it. */
export async function hashOfSlot(image: CardImage): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of image.slot()) hash.update(bytes)
  return hash.digest('hex')
}

async function sha256OfFirst(path: string, count: number): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { end: count - 1 })) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

async function fillBoot(system: string, { slot, boot, device, forgetCached }: SlotTarget): Promise<void> {
  const from = join(system, slotBootFolder)
  const to = join(boot, slot)
  await rm(to, { recursive: true, force: true })
  await mkdir(to)
  await syncFolder(boot)
  const names: string[] = await readdir(from).catch(() => [])
  if (!names.includes(commandLineName) || !names.includes('vmlinuz') || !names.includes('initrd'))
    throw new ImageError('the image brings no kernel in its system: make it anew')
  for (const name of names) {
    const bytes = await readFile(join(from, name))
    const text = name === commandLineName ? Buffer.from(forSlot(bytes.toString(), slot, 0)) : bytes
    await writeSynced(join(to, name), text, 'w')
  }
  await syncFolder(to)
  await forgetCached(device)
  for (const name of names.filter((name) => name !== commandLineName))
    if ((await sha256Of(join(to, name))) !== (await sha256Of(join(from, name))))
      throw new ImageError(`the card does not keep what is written to it (${slot}/${name}): change the card`)
}
