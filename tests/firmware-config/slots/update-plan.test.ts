import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootFiles, commandLine } from '../../../firmware-config/image/boot-files.ts'
import type { BootChange, BootTexts } from '../../../firmware-config/slots/boot-loader.ts'
import { piLoader } from '../../../firmware-config/slots/pi-loader.ts'
import { otherSlot } from '../../../firmware-config/slots/slot.ts'
import type { Slot } from '../../../firmware-config/slots/slot.ts'
import { uefiLoader } from '../../../firmware-config/slots/uefi-loader.ts'
import {
  emptySlot,
  isKept,
  keepSlot,
  offerSlot,
  sheetPath,
  triesOfSlot,
  undoUpdate,
} from '../../../firmware-config/slots/update-plan.ts'
import { startOnce } from './emulated-loader.ts'
import type { LoaderKind } from './emulated-loader.ts'

const boards = { uefi: 'generic-amd64', pi: 'pi-4' } as const
const loaders = { uefi: uefiLoader, pi: piLoader }
const trialSeconds = 600

/** A card, and what its two systems are like: half written, such that they get ready, or such that they never do. */
class TestCard {
  readonly kind: LoaderKind
  texts: BootTexts
  systems: Record<Slot, 'torn' | 'good' | 'bad'> = { a: 'good', b: 'torn' }
  running: Slot = 'a'

  constructor(kind: LoaderKind) {
    this.kind = kind
    this.texts = new Map([
      ...bootFiles(boards[kind], 1).map(({ path, text }) => [path, text] as const),
      [sheetPath('a'), '{}'] as const,
    ])
  }

  get loader() {
    return loaders[this.kind]
  }

  start(): void {
    const { slot, texts } = startOnce(this.kind, this.texts)
    if (this.systems[slot] === 'torn') throw new Error(`slot ${slot} starts, and is not whole`)
    this.texts = texts
    this.running = slot
  }

  /** Made until the power goes; a change that is not in place may then leave nothing. @returns whether it stayed on */
  make(changes: readonly BootChange[], power: Power): boolean {
    for (const change of changes) {
      const left = power.next()
      const after = new Map(this.texts)
      if (left === 'off before') return false
      if (change.kind === 'remove' || (left === 'off amid' && change.kind === 'write'))
        after.delete(change.path)
      else after.set(change.path, change.text)
      this.texts = after
      if (left !== 'on') return false
    }
    return true
  }

  /** As firmware-config/slots/update.ts does it. */
  update(system: 'good' | 'bad', power: Power): void {
    const slot = otherSlot(this.running)
    if (!isKept(this.loader.read(this.texts), this.running)) return
    if (!this.make(emptySlot(this.loader, this.texts, this.running), power)) return
    this.systems[slot] = 'torn'
    const filled = new Map(this.texts)
    filled.delete(`${slot}/cmdline.txt`)
    this.texts = filled
    if (power.next() !== 'on') return
    this.systems[slot] = system
    const line = `${commandLine(boards[this.kind], 1, slot)}\n`
    this.texts = new Map([...this.texts, [`${slot}/cmdline.txt`, line]])
    if (power.next() !== 'on') return
    this.make(offerSlot(this.loader, this.texts, { slot, sheet: '{}', trialSeconds }), power)
  }

  undo(power: Power): void {
    this.make(undoUpdate(this.loader, this.texts, { running: this.running, trialSeconds }).changes, power)
  }

  /** What its unit does once the node is ready. */
  keepIfGood(power: Power): void {
    const isOnTrial = !(this.texts.get(`${this.running}/cmdline.txt`) ?? '').includes('mesh-art.try=0000')
    if (this.systems[this.running] === 'good' && isOnTrial)
      this.make(keepSlot(this.loader, this.texts, this.running), power)
  }
}

class Power {
  #steps: number
  readonly #isAmid: boolean

  constructor(steps: number, isAmid = false) {
    this.#steps = steps
    this.#isAmid = isAmid
  }

  get isOn(): boolean {
    return this.#steps >= 0
  }

  next(): 'on' | 'off before' | 'off amid' {
    this.#steps -= 1
    if (this.#steps >= 0) return 'on'
    return this.#isAmid ? 'off amid' : 'off before'
  }
}

const steady = (): Power => new Power(1000)
const kinds = ['uefi', 'pi'] as const

describe.each(kinds)('an update of a card that starts by %s', (kind) => {
  it('is tried, kept when it is well, and undone by going back', () => {
    const card = new TestCard(kind)
    card.update('good', steady())
    expect(card.loader.read(card.texts)).toEqual({
      starts: 'b',
      trial: { slot: 'b', triesLeft: triesOfSlot },
    })
    card.start()
    expect(card.running).toBe('b')
    card.keepIfGood(steady())
    expect(card.loader.read(card.texts)).toEqual({ starts: 'b', trial: null })
    card.undo(steady())
    card.start()
    expect(card.running).toBe('a')
    card.keepIfGood(steady())
    expect(card.loader.read(card.texts)).toEqual({ starts: 'a', trial: null })
  })

  it('that never gets ready is started twice, and then makes way for the old system for good', () => {
    const card = new TestCard(kind)
    card.update('bad', steady())
    const started = Array.from({ length: 5 }, () => {
      card.start()
      card.keepIfGood(steady())
      return card.running
    })
    expect(started).toEqual(['b', 'b', 'a', 'a', 'a'])
    expect(card.loader.read(card.texts)).toEqual({ starts: 'a', trial: { slot: 'b', triesLeft: 0 } })
    expect(undoUpdate(card.loader, card.texts, { running: 'a', trialSeconds }).done).toBe('nothing')
    // And the next one is tried again.
    card.update('good', steady())
    card.start()
    card.keepIfGood(steady())
    expect(card.loader.read(card.texts)).toEqual({ starts: 'b', trial: null })
  })

  it('is given up before it was tried, and while it is', () => {
    const before = new TestCard(kind)
    before.update('good', steady())
    before.undo(steady())
    before.start()
    expect(before.running).toBe('a')
    const during = new TestCard(kind)
    during.update('good', steady())
    during.start()
    during.undo(steady())
    during.start()
    expect(during.running).toBe('a')
  })

  it('has nothing to undo on a new card', () => {
    const { loader, texts } = new TestCard(kind)
    expect(undoUpdate(loader, texts, { running: 'a', trialSeconds })).toEqual({
      done: 'nothing',
      changes: [],
    })
  })

  const deed = fc.record({
    what: fc.constantFrom('good update', 'bad update', 'undo', 'start'),
    cutAfter: fc.integer({ min: 0, max: 14 }),
    isAmid: fc.boolean(),
    restarts: fc.boolean(),
    keepCutAfter: fc.integer({ min: 0, max: 8 }),
  })

  it('chooses a whole system whatever step the power is cut at, and one that gets ready within the tries', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 12 }), (deeds) => {
        const card = new TestCard(kind)
        for (const { what, cutAfter, isAmid, restarts, keepCutAfter } of deeds) {
          const power = new Power(cutAfter, isAmid)
          if (what === 'undo') card.undo(power)
          else if (what !== 'start') card.update(what === 'good update' ? 'good' : 'bad', power)
          // What was not cut off may be followed by the next deed at once.
          if (power.isOn && !restarts) continue
          card.start()
          card.keepIfGood(new Power(keepCutAfter, isAmid))
        }
        card.start()
        for (let tried = 0; tried <= triesOfSlot && card.systems[card.running] !== 'good'; tried++)
          card.start()
        expect(card.systems[card.running]).toBe('good')
        // Once nobody interferes, it stays.
        card.keepIfGood(steady())
        const { running } = card
        card.start()
        expect(card.running).toBe(running)
      }),
      { numRuns: 500 },
    )
  })
})
