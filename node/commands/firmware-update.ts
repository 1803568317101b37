import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { CardImage } from '../../firmware-config/slots/card-image.ts'
import { mostTrialSeconds } from '../../firmware-config/slots/command-line.ts'
import { RunningCard } from '../../firmware-config/slots/running-card.ts'
import { otherSlot, slots } from '../../firmware-config/slots/slot.ts'
import type { Slot } from '../../firmware-config/slots/slot.ts'
import { keepRunning, slotsStatus, undo, updateCard } from '../../firmware-config/slots/update.ts'
import type { Card, SlotsStatus } from '../../firmware-config/slots/update.ts'
import { CommandError, UsageError } from '../cli/errors.ts'
import { note, print, printJson, ProgressLine } from '../cli/output.ts'
import { loadConfig } from '../config.ts'

interface Options {
  status?: boolean
  undo?: boolean
  keep?: boolean
  readyWithin: number
  json?: boolean
}

const ASK_EVERY_MS = 3000
const ASK_TIMEOUT_MS = 30_000
/** No file: a name that goes with the process that has it. */
const onlyOne = '\0mesh-art-firmware-update'

export function firmwareUpdateCommand(): Command {
  return new Command('update')
    .description(
      "on a node's own card: writes the other slot, which the next start tries and keeps or undoes",
    )
    .argument('[image]', "FILE.img of this node's new card; - reads it from stdin")
    .option('--status', 'says which slot runs, what each holds, and what starts next')
    .option('--undo', 'goes back: gives up what is on trial, or has the other slot tried')
    .option('--keep', 'waits until the node is ready, and then keeps the slot that runs (its unit does it)')
    .option('--ready-within <minutes>', 'how long the new system has, from its start', minutes, 10)
    .option('--json', 'prints data, with --status')
    .addHelpText(
      'after',
      `
Works and the slot that runs are not touched. What is written is read again. The image is made with 'mesh-art firmware image', for the
same node and board. A new system that is not ready in time is started once more, and then the old one starts again by itself.

Examples:
  xz -dc foyer.img.xz | ssh root@10.78.0.2 mesh-art firmware update -
  ssh root@10.78.0.2 systemctl reboot
  mesh-art firmware update --status
  mesh-art firmware update --undo`,
    )
    .action(update)
}

function minutes(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value * 60 > mostTrialSeconds)
    throw new InvalidArgumentError(`whole minutes from 1 to ${Math.floor(mostTrialSeconds / 60)}`)
  return value
}

async function update(image: string | undefined, options: Options): Promise<void> {
  const wishes = [image !== undefined, options.status, options.undo, options.keep].filter(Boolean)
  if (wishes.length !== 1) throw new UsageError('give an image, or --status, or --undo')
  if (image?.endsWith('.xz') === true)
    throw new UsageError(`${image} is packed: xz -dc ${image} | mesh-art firmware update -`)
  if (process.getuid?.() !== 0) throw new CommandError('must run as root: sudo mesh-art firmware update …')
  const found = await RunningCard.find()
  if (options.keep === true) await untilReady()
  const alone = await takeTurn()
  try {
    await found.withBoot(options.keep === true, async (boot) => {
      const card = cardAt(found, boot)
      if (image !== undefined) await write(card, image, options)
      else if (options.status === true) showStatus(await slotsStatus(card), options.json === true)
      else if (options.undo === true) await goBack(card, options)
      else if (await keepRunning(card)) print(`slot ${card.running} is kept`)
    })
    if (options.keep === true) await found.endTrial()
  } finally {
    alone.close()
  }
}

function cardAt(found: RunningCard, boot: string): Card {
  const { slot, diskId } = found.running
  return {
    running: slot,
    diskId,
    boot,
    device: (name) => found.part(name),
    opened: found.openSlot,
    forgetCached: found.forgetCached,
  }
}

async function write(card: Card, image: string, { readyWithin }: Options): Promise<void> {
  const line = new ProgressLine()
  try {
    const sheet = await updateCard(card, {
      open: () => CardImage.open(image === '-' ? process.stdin : image),
      readsTwice: image !== '-',
      trialSeconds: readyWithin * 60,
      onProgress: (text) => line.show(text),
    })
    line.done()
    print(
      `slot ${otherSlot(card.running)} holds program ${sheet.program}, Debian of ${sheet.packages}, read again and whole`,
    )
    note('Restart to try it: systemctl reboot')
  } finally {
    line.done()
  }
}

async function goBack(card: Card, { readyWithin }: Options): Promise<void> {
  const { done, status } = await undo(card, readyWithin * 60)
  if (done === 'nothing') throw new CommandError('there is nothing to undo: --status says why')
  print(`slot ${status.starts} starts next`)
  if (done === 'other') note('Restart: systemctl reboot')
}

function showStatus(status: SlotsStatus, asJson: boolean): void {
  if (asJson) {
    printJson(status)
    return
  }
  for (const slot of slots) print(`slot ${slot}: ${saidOf(slot, status)}`)
  print(`slot ${status.starts} starts next`)
}

function saidOf(slot: Slot, { running, trial, holds }: SlotsStatus): string {
  const held = holds[slot]
  if (held === undefined) return 'empty'
  const what = `program ${held.program}, Debian of ${held.packages}`
  const parts = [what, ...(running === slot ? ['runs'] : [])]
  if (trial?.slot === slot) {
    if (running === slot) parts.push('on trial')
    else parts.push(trial.triesLeft > 0 ? 'to be tried' : 'was tried, and did not get ready in time')
  }
  return parts.join('; ')
}

/** While one writes, no other does. */
async function takeTurn() {
  const server = createServer()
  await new Promise<void>((done, fail) => {
    server.once('error', () => fail(new CommandError('another update of this card is being done')))
    server.listen(onlyOne, done)
  })
  return server
}

/** Without end: when it took too long, the machine starts again. */
async function untilReady(): Promise<void> {
  const { port } = loadConfig({ file: '/etc/mesh-art/node.yaml' }).http
  for (;;) {
    const signal = AbortSignal.timeout(ASK_TIMEOUT_MS)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await pause(ASK_EVERY_MS)
  }
}
