import { describe, expect, it } from 'vitest'
import { saidEn } from '../../exhibit-ui/locales/tech/said-en.ts'
import { saidNl } from '../../exhibit-ui/locales/tech/said-nl.ts'
import { saidText } from '../../exhibit-ui/tech/model/said.ts'
import { actionLimits } from '../../node/wire/action-messages.ts'
import { actionSaid, actionSayings } from '../../node/wire/action-said.ts'

describe('what nodes answer to orders', () => {
  it('is said in both languages, with what it is about', () => {
    for (const words of [saidNl, saidEn]) {
      expect(Object.keys(words).sort()).toEqual([...actionSayings].sort())
      for (const saying of actionSayings) {
        const text = saidText(actionSaid(saying, 12, 3), words)
        expect(text).toMatch(/^\S.{4,}$/)
        expect(text).not.toContain('\t')
        expect(text).not.toContain('undefined')
      }
    }
    expect(saidText(actionSaid('named', 'Zaal\t2'), saidNl)).toBe('heet nu Zaal 2')
    expect(saidText(actionSaid('checked', 40, 2), saidEn)).toBe(
      '40 chunks checked, 2 damaged and fetched anew',
    )
  })

  it('stays as it came where a node of another version says something else', () => {
    expect(saidText('something of tomorrow', saidNl)).toBeUndefined()
    expect(saidText('toString', saidNl)).toBeUndefined()
  })

  it('fits into an answer', () => {
    expect(actionSaid('named', 'x'.repeat(1000)).length).toBe(actionLimits.detailLength)
  })
})
