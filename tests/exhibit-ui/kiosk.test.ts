import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kioskLimits, parseKiosk } from '../../exhibit-ui/kiosk/kiosk-settings.ts'
import {
  chosenWorks,
  emptyRotation,
  languageOf,
  longestStayMs,
  rotate,
} from '../../exhibit-ui/kiosk/rotation.ts'
import type { KioskEvent, Rotation } from '../../exhibit-ui/kiosk/rotation.ts'
import { workKey } from '../../exhibit-ui/model/gallery-state.ts'
import { sampleWorks, summaryOf } from './fixture-data.ts'

const works = sampleWorks().map(summaryOf)
const settings = parseKiosk('/nl/kiosk', '?seconds=10&idle=20', 'http://node')
const chosen = chosenWorks(works, settings)
const hung = rotate(emptyRotation, { kind: 'works', works: chosen }, 0, settings)
const after = (
  state: Rotation,
  ...events: readonly (readonly [nowMs: number, event: KioskEvent])[]
): Rotation => events.reduce((now, [nowMs, event]) => rotate(now, event, nowMs, settings), state)

describe('the address of a screen', () => {
  it('says what is shown, and how', () => {
    expect(
      parseKiosk(
        '/en/kiosk',
        '?works=b,a&track=public-ai&seconds=12&idle=30&alternate=1&sound=on&address=http://kunst.lan/x',
        'http://10.0.0.1',
      ),
    ).toEqual({
      language: 'en',
      works: ['b', 'a'],
      track: 'public-ai',
      seconds: 12,
      idleSeconds: 30,
      alternate: true,
      sound: true,
      address: 'http://kunst.lan',
    })
  })

  it('never fails, whatever is typed, and stays in its bounds', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), fc.string(), (path, query, seconds) => {
        const said = parseKiosk(
          path,
          `?${query}&seconds=${encodeURIComponent(seconds)}&works=${seconds}&address=${seconds}`,
          'http://node',
        )
        expect(said.seconds).toBeGreaterThanOrEqual(kioskLimits.seconds.least)
        expect(said.seconds).toBeLessThanOrEqual(kioskLimits.seconds.most)
        expect(said.address).toMatch(/^https?:\/\//)
      }),
    )
    expect(parseKiosk('/nl/kiosk', '?address=javascript:alert(1)', 'http://node').address).toBe('http://node')
  })

  it('chooses works that are all here, in the order that is named', () => {
    expect(chosen.length).toBeLessThan(works.length)
    const [a, b] = chosen
    const named = parseKiosk('/nl/kiosk', `?works=${b?.slug},nooit,${a?.slug}`, 'http://node')
    expect(chosenWorks(works, named)).toEqual([b, a])
    const ofTrack = chosenWorks(works, parseKiosk('/nl/kiosk', '?track=public-ai', 'http://node'))
    expect(new Set(ofTrack.map(({ track }) => track))).toEqual(new Set(['public-ai']))
  })
})

describe('the rotation', () => {
  it('shows each work for its time, and all of them in turn', () => {
    const seen: string[] = []
    let state = hung
    for (let nowMs = 0; nowMs < chosen.length * 10_000; nowMs += 500) {
      if (seen.at(-1) !== state.shown) seen.push(state.shown)
      state = rotate(state, { kind: 'tick' }, nowMs, settings)
    }
    expect(seen).toEqual(chosen.map(workKey))
  })

  it('waits for a video that plays, but not for ever', () => {
    const playing = after(hung, [0, { kind: 'playing', isPlaying: true }])
    expect(after(playing, [60_000, { kind: 'tick' }]).shown).toBe(hung.shown)
    expect(after(playing, [longestStayMs, { kind: 'tick' }]).shown).not.toBe(hung.shown)
    expect(
      after(playing, [60_000, { kind: 'playing', isPlaying: false }], [60_500, { kind: 'tick' }]).shown,
    ).not.toBe(hung.shown)
  })

  it('leaves a started work alone while somebody is there, and goes on when nobody is', () => {
    const started = after(
      hung,
      [5_000, { kind: 'start' }],
      [24_000, { kind: 'touch' }],
      [43_000, { kind: 'tick' }],
    )
    expect([started.shown, started.started]).toEqual([hung.shown, true])
    const left = after(started, [44_000, { kind: 'tick' }])
    expect(left.shown).not.toBe(hung.shown)
    expect(left.started).toBe(false)
  })

  it('drops what is withdrawn at once, and keeps its place through any other change', () => {
    const second = after(hung, [0, { kind: 'step', by: 1 }])
    const without = chosen.filter((work) => workKey(work) !== second.shown)
    const next = after(second, [1, { kind: 'works', works: without }])
    expect(next.shown).toBe(workKey(chosen[2] ?? { artist: '', slug: '' }))
    expect(after(second, [1, { kind: 'works', works: chosen.toReversed() }]).shown).toBe(second.shown)
    expect(after(second, [1, { kind: 'works', works: [] }]).shown).toBe('')
  })

  it('alternates the languages with the works', () => {
    const both = parseKiosk('/en/kiosk', '?alternate=1', 'http://node')
    expect([0, 1, 2].map((turn) => languageOf({ ...hung, turn }, both))).toEqual(['en', 'nl', 'en'])
    expect(languageOf({ ...hung, turn: 1 }, settings)).toBe('nl')
  })

  it('always shows one of its works, whatever happens in whatever order', () => {
    const event = fc.oneof(
      fc.constantFrom<KioskEvent>(
        { kind: 'tick' },
        { kind: 'step', by: 1 },
        { kind: 'step', by: -1 },
        { kind: 'start' },
        { kind: 'touch' },
        { kind: 'close' },
        { kind: 'pause' },
        { kind: 'playing', isPlaying: true },
      ),
      fc.subarray(chosen).map((some): KioskEvent => ({ kind: 'works', works: some })),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 30_000 }), event)), (happened) => {
        let nowMs = 0
        let state = hung
        for (const [passed, what] of happened) {
          nowMs += passed
          state = rotate(state, what, nowMs, settings)
          expect(state.works.length === 0 ? [''] : state.works.map(workKey)).toContain(state.shown)
        }
      }),
    )
  })
})
