import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { inLines, overScreen } from '../../../node/cli/screen.ts'
import { statusPicture } from '../../../node/cli/status-picture.ts'
import type { StatusSource } from '../../../node/cli/status-picture.ts'
import { alertKinds } from '../../../node/health/alert-kinds.ts'
import { meshHealthView } from '../../../node/http/tech/mesh-health-view.ts'
import { watchOf } from '../health/watch.ts'
import { dids, exhibition } from '../http/exhibition-fixture.ts'

async function sourceOf(store: boolean, diskFull: boolean): Promise<StatusSource> {
  const show = await exhibition()
  await show.publish('werk', { 'index.html': 'x' }, { store: () => store })
  const { watch } = watchOf(show)
  show.mesh.diskFull = diskFull
  watch.tick()
  const { catalogue, mesh } = show.deps
  return {
    health: meshHealthView({ selfId: dids.node, run: 'x', catalogue, mesh, watch }, show.nowMs, 0),
    kinds: Object.entries(alertKinds).map(([kind, info]) => ({ kind, ...info })),
    mesh: {
      self: dids.node,
      nodes: [{ id: dids.node, name: 'Kelder', state: 'here' }],
      links: [],
      works: [],
      incidents: [{ peer: 'did:key:zStranger', reason: 'not-granted', count: 1 }],
    },
    node: {
      id: dids.node,
      name: 'Kelder',
      version: '1',
      exhibition: dids.steward,
      uptimeSeconds: 7_260,
      addresses: ['/ip4/10.0.0.1/tcp/9000', '/ip4/10.0.1.1/tcp/9000'],
      storage: { chunks: 2, bytes: 2048, freeBytes: 4096, reserveBytes: 1024, full: diskFull },
      records: 4,
      works: { complete: store ? 1 : 0, total: 1 },
      damagedChunks: 0,
    },
  }
}

const textsOf = (...args: Parameters<typeof statusPicture>): string[] =>
  statusPicture(...args).map(({ text }) => text)

describe('what a terminal is shown of a node', () => {
  it('begins with whether all is well', async () => {
    const [verdict, figures] = statusPicture(await sourceOf(true, false), 'en', 120)
    expect(verdict).toEqual({ text: 'ALL IS WELL', tone: 'well' })
    expect(figures?.text).toBe('1 of 1 nodes heard, 1 of 1 works whole everywhere')
  })

  it('says what is not, and each gap with its cause, in both languages', async () => {
    const source = await sourceOf(false, true)
    expect(textsOf(source, 'en', 120).slice(0, 4)).toEqual([
      '1 PROBLEM',
      '1 of 1 nodes heard, 0 of 1 works whole everywhere',
      '! Card full: Kelder, for 0 s',
      '  werk on Kelder: card full',
    ])
    expect(textsOf(source, 'nl', 120).slice(0, 4)).toEqual([
      '1 PROBLEEM',
      '1 van 1 knooppunten te horen, 0 van 1 werken overal heel',
      '! Kaart vol: Kelder, al 0 s',
      '  werk op Kelder: kaart vol',
    ])
  })

  it('has fewer columns where there is less room', async () => {
    const source = await sourceOf(true, false)
    const heads = [120, 60].map((columns) =>
      textsOf(source, 'en', columns).find((text) => text.startsWith('NODE')),
    )
    expect(heads[0]?.split(/ {2,}/)).toContain('CARD FREE')
    expect(heads[1]?.split(/ {2,}/)).toEqual(['NODE', 'STATE', 'WORKS', 'RTT'])
  })
})

describe('a screen that is drawn over', () => {
  const lines = Array.from({ length: 30 }, (_, i) => ({ text: `line ${i} ${'é'.repeat(60)}` }))
  /** A terminal, as far as it is used here. */
  const rowsOf = (drawn: string): string[] => {
    expect(drawn.startsWith('\u001b[H')).toBe(true)
    expect(drawn.endsWith('\u001b[J')).toBe(true)
    return stripVTControlCharacters(drawn).split('\n').slice(0, -1)
  }

  it('has no line that is longer, and no more lines, than the terminal has room for', () => {
    const rows = rowsOf(overScreen(lines, { columns: 40, rows: 12 }, true, (n) => `and ${n} more`))
    expect(rows).toHaveLength(11)
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(40)
    expect(rows[0]?.endsWith('…')).toBe(true)
    expect(rows.at(-1)).toBe('and 20 more')
  })

  it('is all of it where there is room', () => {
    const rows = rowsOf(overScreen(lines, { columns: 100, rows: 40 }, false, () => 'more'))
    expect(rows).toEqual(lines.map(({ text }) => text))
  })

  it('has colours only where colours are wanted', () => {
    const problem = [{ text: 'x', tone: 'problem' as const }]
    expect(inLines(problem, false)).toBe('x')
    expect(inLines(problem, true)).toBe('\u001b[1;31mx\u001b[0m')
  })
})
