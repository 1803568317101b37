import type { BootChange, BootLoader, BootTexts } from './boot-loader.ts'
import { commandLinePath } from './command-line.ts'
import { otherSlot } from './slot.ts'
import type { Slot } from './slot.ts'

interface Entry {
  readonly path: string
  readonly slot: Slot
  readonly version: number
  /** Absent of an entry that is kept. */
  readonly triesLeft?: number
}

const folder = 'loader/entries'
/** systemd-boot counts in the name: `+3` is three tries, `+2-1` two after one (Automatic Boot Assessment). */
const named = /^loader\/entries\/mesh-art-([ab])(?:\+(\d+)(?:-\d+)?)?\.conf$/

/** Boot Loader Specification, type 1. */
export function loaderEntry(slot: Slot, version: number, commandLine: string): string {
  return `title Mesh Art Network, slot ${slot}
sort-key mesh-art
version ${version}
linux /${slot}/vmlinuz
initrd /${slot}/initrd
options ${commandLine.trim()}
`
}

export const entryPath = (slot: Slot, tries?: number): string =>
  `${folder}/mesh-art-${slot}${tries === undefined ? '' : `+${tries}`}.conf`

/** As systemd-boot orders them: those out of tries last, then the highest version. */
function entries(texts: BootTexts): Entry[] {
  const found: Entry[] = []
  for (const [path, text] of texts) {
    const [, slot, left] = named.exec(path) ?? []
    if (slot !== 'a' && slot !== 'b') continue
    const version = Number(/^version (\d+)$/m.exec(text)?.[1] ?? 0)
    found.push({ path, slot, version, ...(left === undefined ? {} : { triesLeft: Number(left) }) })
  }
  const isSpent = (entry: Entry): number => (entry.triesLeft === 0 ? 1 : 0)
  return found.sort(
    (one, two) => isSpent(one) - isSpent(two) || two.version - one.version || (one.path < two.path ? 1 : -1),
  )
}

const remove = ({ path }: Entry): BootChange => ({ kind: 'remove', path })
const highest = (all: readonly Entry[]): number => Math.max(0, ...all.map(({ version }) => version))

function written(texts: BootTexts, slot: Slot, version: number, tries?: number): BootChange {
  const line = texts.get(commandLinePath(slot)) ?? ''
  return { kind: 'write', path: entryPath(slot, tries), text: loaderEntry(slot, version, line) }
}

/** systemd-boot: an entry a slot, and one more for a slot on trial, whose tries it counts itself before it starts anything. */
export const uefiLoader: BootLoader = {
  read: (texts) => {
    const all = entries(texts)
    const starts = all[0]?.slot ?? 'a'
    const onTrial = all.find(
      ({ slot, version, triesLeft }) =>
        triesLeft !== undefined &&
        !all.some((kept) => kept.triesLeft === undefined && kept.slot === slot && kept.version >= version),
    )
    return {
      starts,
      trial: onTrial === undefined ? null : { slot: onTrial.slot, triesLeft: onTrial.triesLeft ?? 0 },
    }
  },
  settle: (texts, slot) => {
    const all = entries(texts)
    const kept = all.filter(({ triesLeft }) => triesLeft === undefined)
    const trials = all.filter(({ triesLeft }) => triesLeft !== undefined)
    const isFirst = kept[0]?.slot === slot
    return [...(isFirst ? [] : [written(texts, slot, highest(all) + 1)]), ...trials.map(remove)]
  },
  try: (texts, slot, tries) => {
    const all = entries(texts)
    const former = all.filter((entry) => entry.slot === slot && entry.triesLeft !== undefined)
    return [...former.map(remove), written(texts, slot, highest(all) + 1, tries)]
  },
  forget: (texts, slot) => [
    ...uefiLoader.settle(texts, otherSlot(slot)),
    ...entries(texts)
      .filter((entry) => entry.slot === slot && entry.triesLeft === undefined)
      .map(remove),
  ],
}
