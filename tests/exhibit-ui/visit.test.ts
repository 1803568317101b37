import { describe, expect, it } from 'vitest'
import { maySpread } from '../../exhibit-ui/model/licence.ts'
import { swipeOf } from '../../exhibit-ui/model/swipe.ts'

describe('taking a work along', () => {
  it('is offered where the licence lets anyone copy, and nowhere else', () => {
    for (const spdx of [
      'CC-BY-SA-4.0',
      'CC0-1.0',
      'CC-BY-NC-ND-4.0',
      'EUPL-1.2',
      'MIT',
      'LAL-1.3',
      '(MIT OR LicenseRef-mine)',
    ])
      expect([spdx, maySpread(spdx)]).toEqual([spdx, true])
    for (const spdx of [
      'LicenseRef-all-rights-reserved',
      'proprietary',
      'MIT AND LicenseRef-mine',
      'CCX',
      '',
    ])
      expect([spdx, maySpread(spdx)]).toEqual([spdx, false])
  })
})

describe('a stroke of a finger', () => {
  const from = { x: 200, y: 300, at: 0 }
  it('across leads on or back; up, short, slanting or slow it leads nowhere', () => {
    expect(swipeOf(from, { x: 100, y: 310, at: 200 })).toBe('next')
    expect(swipeOf(from, { x: 300, y: 290, at: 200 })).toBe('previous')
    expect(swipeOf(from, { x: 190, y: 100, at: 200 })).toBeUndefined()
    expect(swipeOf(from, { x: 170, y: 300, at: 200 })).toBeUndefined()
    expect(swipeOf(from, { x: 100, y: 380, at: 200 })).toBeUndefined()
    expect(swipeOf(from, { x: 100, y: 300, at: 2000 })).toBeUndefined()
  })
})
