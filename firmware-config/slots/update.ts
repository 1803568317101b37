import { ImageError } from '../image/image-error.ts'
import { startsBy } from '../image/boot-files.ts'
import { makeBootChanges, readBootTexts } from './boot-folder.ts'
import type { BootChoice, BootLoader, BootTexts } from './boot-loader.ts'
import { CardImage } from './card-image.ts'
import { fillSlot, hashOfSlot } from './fill-slot.ts'
import type { SlotTarget } from './fill-slot.ts'
import { piLoader } from './pi-loader.ts'
import { otherSlot } from './slot.ts'
import type { Slot } from './slot.ts'
import { readSheet, sheetText } from './slot-sheet.ts'
import type { SlotSheet } from './slot-sheet.ts'
import { uefiLoader } from './uefi-loader.ts'
import { emptySlot, isKept, keepSlot, offerSlot, sheetPath, undoUpdate } from './update-plan.ts'
import type { Undo } from './update-plan.ts'

/** A card, as far as updates need it: RunningCard, or a test's. */
export interface Card extends Omit<SlotTarget, 'slot' | 'device' | 'onProgress'> {
  readonly running: Slot
  /** Of the table. */
  readonly diskId: string
  readonly device: (slot: Slot) => string
}

export interface SlotsStatus extends BootChoice {
  readonly running: Slot
  /** Absent of a slot that is empty, or was left half written. */
  readonly holds: Partial<Record<Slot, SlotSheet>>
}

interface Known {
  readonly texts: BootTexts
  readonly loader: BootLoader
  readonly status: SlotsStatus
  readonly sheet: SlotSheet
}

async function look({ boot, running }: Pick<Card, 'boot' | 'running'>): Promise<Known> {
  const texts = await readBootTexts(boot)
  const sheetOf = (slot: Slot): SlotSheet | null => {
    const text = texts.get(sheetPath(slot))
    return text === undefined ? null : readSheet(new TextEncoder().encode(text))
  }
  const sheet = sheetOf(running)
  if (sheet === null)
    throw new ImageError('this card does not say what it holds: it was made before updates, so write it anew')
  const other = sheetOf(otherSlot(running))
  const holds = { [running]: sheet, ...(other === null ? {} : { [otherSlot(running)]: other }) }
  const loader = startsBy(sheet.board) === 'pi' ? piLoader : uefiLoader
  return { texts, loader, sheet, status: { ...loader.read(texts), running, holds } }
}

export async function slotsStatus(card: Pick<Card, 'boot' | 'running'>): Promise<SlotsStatus> {
  return (await look(card)).status
}

/** Writes the other slot from a card's image, and has it tried at the next start. @returns what it holds */
export async function updateCard(
  card: Card,
  options: {
    /** A file is looked at wholly before anything is written; a stream can only be read once. */
    readonly open: () => Promise<CardImage>
    readonly readsTwice: boolean
    readonly trialSeconds: number
    readonly onProgress: (text: string) => void
  },
): Promise<SlotSheet> {
  const { texts, loader, status, sheet: own } = await look(card)
  const { running } = card
  if (!isKept(status, running))
    throw new ImageError(
      `slot ${running} is not kept yet: wait until it is, or go back with --undo and restart`,
    )
  const slot = otherSlot(running)
  const device = card.device(slot)
  let image = await options.open()
  const { sheet } = image
  if (sheet.diskId !== card.diskId || sheet.board !== own.board) {
    await image.close()
    throw new ImageError(
      `that is the card of ${sheet.node} in ${sheet.venue} (${sheet.board}); this is ${own.node} in ${own.venue} (${own.board})`,
    )
  }
  if (options.readsTwice) {
    options.onProgress('looking at the image')
    if ((await hashOfSlot(image)) !== sheet.slotSha256)
      throw new ImageError('the image is damaged: its system is not what it says. Nothing was changed')
    image = await options.open()
  }
  await makeBootChanges(card.boot, emptySlot(loader, texts, running))
  await fillSlot(image, { ...card, slot, device, onProgress: options.onProgress })
  const { trialSeconds } = options
  const filled = await readBootTexts(card.boot)
  const offer = { slot, sheet: sheetText(sheet), trialSeconds }
  await makeBootChanges(card.boot, offerSlot(loader, filled, offer))
  return sheet
}

/** The running slot is well, unless it was given up meanwhile. @returns whether it was on trial */
export async function keepRunning(card: Pick<Card, 'boot' | 'running'>): Promise<boolean> {
  const { texts, loader, status } = await look(card)
  const isOnTrial = status.trial?.slot === card.running
  if (isOnTrial || status.starts === card.running)
    await makeBootChanges(card.boot, keepSlot(loader, texts, card.running))
  return isOnTrial
}

export async function undo(
  card: Pick<Card, 'boot' | 'running'>,
  trialSeconds: number,
): Promise<{ readonly done: Undo; readonly status: SlotsStatus }> {
  const { texts, loader } = await look(card)
  const { done, changes } = undoUpdate(loader, texts, { running: card.running, trialSeconds })
  await makeBootChanges(card.boot, changes)
  return { done, status: await slotsStatus(card) }
}
