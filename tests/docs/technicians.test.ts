import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alertKinds } from '../../node/health/alert-kinds.ts'
import { healthLimits } from '../../node/health/limits.ts'
import { actionNames } from '../../node/wire/action-messages.ts'
import { lackCauses } from '../../node/wire/status-health.ts'
import { alertReference, alertsBegin, alertsEnd } from './alert-reference.ts'

const path = resolve(import.meta.dirname, '../../docs/technicians.md')

describe('the technicians’ guide', () => {
  it('explains every alert in the words of the page', () => {
    const text = readFileSync(path, 'utf8')
    const [before = '', rest = ''] = text.split(alertsBegin)
    const [, after = ''] = rest.split(alertsEnd)
    const made = `${before}${alertReference()}${after}`
    if (process.env['MESH_ART_WRITE_DOCS'] === '1') writeFileSync(path, made)
    expect(readFileSync(path, 'utf8')).toBe(made)
  })

  it('names every cause of a gap and every order', () => {
    const text = readFileSync(path, 'utf8')
    for (const name of [...lackCauses, ...actionNames]) expect(text).toContain(`\`${name}\``)
  })

  it.each(Object.entries(alertKinds))(
    '%s is said in both languages, with a threshold that is the one in use',
    (kind, info) => {
      for (const { nl, en } of [info.title, info.threshold, info.means, info.doThis]) {
        expect(nl.trim()).not.toBe('')
        expect(en.trim()).not.toBe('')
        expect(nl).not.toBe(en)
      }
      const figures: Partial<Record<string, readonly number[]>> = {
        'node-late': [healthLimits.lateAfterMs / 1000],
        'node-lost': [healthLimits.lostAfterMs / 1000],
        'link-slow': [healthLimits.slowKiBps, healthLimits.slowRttMs],
        hot: [healthLimits.hotCelsius, healthLimits.cooledCelsius],
        'clock-wrong': [healthLimits.clockOffSeconds],
        'memory-low': [healthLimits.memoryLow * 100, healthLimits.memoryEased * 100],
      }
      for (const figure of figures[kind] ?? []) {
        expect(info.threshold.en).toContain(String(figure))
        expect(info.threshold.nl).toContain(String(figure))
      }
    },
  )
})
