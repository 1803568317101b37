import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metricNames, sampleMetrics } from './metric-names.ts'

describe('/metrics', () => {
  it('is OpenMetrics text: typed, each family once, and closed', async () => {
    const { text, type } = await sampleMetrics()
    expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(text.endsWith('# EOF\n')).toBe(true)
    const lines = text.split('\n').filter((line) => line !== '' && line !== '# EOF')
    for (const line of lines) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) mesh_art_\w+ .+|mesh_art_\w+(?:\{[^}]*\})? -?\d[\d.e+-]*)$/)
    }
    const types = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2])
    expect(new Set(types).size).toBe(types.length)
  })

  it('has nothing about who asks, and nothing of the process but what is documented', async () => {
    const guide = readFileSync(resolve(import.meta.dirname, '../../../docs/technicians.md'), 'utf8')
    for (const name of await metricNames()) expect(guide).toContain(`\`${name}`)
  })
})
