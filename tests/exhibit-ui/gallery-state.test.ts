import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byTrack,
  emptyGallery,
  neighboursOf,
  newsBetween,
  ofTrack,
  spreadOf,
  withArtworks,
  withProgress,
  workKey,
} from '../../exhibit-ui/model/gallery-state.ts'
import { hangsWide, needsAsking, showsPoster } from '../../exhibit-ui/model/hanging.ts'
import { seriesOf } from '../../exhibit-ui/model/series.ts'
import { sharePath } from '../../exhibit-ui/model/share-path.ts'
import { clampView, fitInto, fitView, largestScale, zoomAt } from '../../exhibit-ui/model/zoom.ts'
import { renderMarkdown } from '../../exhibit-ui/components/viewers/markdown.ts'
import { lateWork, progressOf, sampleWorks, summaryOf } from './fixture-data.ts'
import { sampleMesh } from './fixture-mesh.ts'

const works = sampleWorks().map(summaryOf)
const named = (slug: string) => {
  const work = sampleWorks().find((one) => one.slug === slug)
  if (work === undefined) throw new Error(`no sample ${slug}`)
  return work
}

describe('what the pages know', () => {
  it('lets no work enter with a motion when the page opens, only those that come later', () => {
    const opened = withArtworks(emptyGallery, works)
    expect(opened.arrived.size).toBe(0)
    const later = withArtworks(opened, [summaryOf(lateWork()), ...works])
    expect([...later.arrived]).toEqual([workKey(lateWork())])
    expect(newsBetween(opened, later).map((news) => [news.kind, news.work.slug])).toEqual([
      ['new', 'de-laatste-bus'],
    ])
    expect(newsBetween(emptyGallery, opened)).toEqual([])
  })

  it('follows progress of the version it shows and of no other', () => {
    const state = withArtworks(emptyGallery, works)
    const root = named('tijdlijn-zonder-eigenaar').root
    const done = withProgress(state, root, progressOf(63, 63))
    expect(newsBetween(state, done).map((news) => [news.kind, news.work.slug])).toEqual([
      ['complete', 'tijdlijn-zonder-eigenaar'],
    ])
    expect(withProgress(state, 'another', progressOf(1, 2)).artworks).toBe(state.artworks)
  })

  it('remembers what it heard of works outside its lists, the newest few', () => {
    let state = withArtworks(emptyGallery, works)
    for (let i = 0; i < 500; i += 1) state = withProgress(state, `root-${i}`, progressOf(1, 2))
    expect(state.progress.size).toBe(64)
    expect(state.progress.get('root-499')).toEqual(progressOf(1, 2))
  })

  it('hangs every work in one track and knows what hangs beside it', () => {
    expect(byTrack(works).flatMap((group) => group.works)).toHaveLength(works.length)
    expect(ofTrack(works, undefined)).toHaveLength(works.length)
    const [first, second] = works
    expect(neighboursOf(works, workKey(first ?? lateWork()))).toEqual({ next: second })
    expect(neighboursOf(works, 'nobody/nothing')).toEqual({})
  })

  it('counts the nodes on which a work is complete', () => {
    const mesh = sampleMesh(sampleWorks(), false)
    expect(spreadOf(mesh, named('gemiddeld-genomen').root)).toEqual({ complete: 6, nodes: 7 })
    expect(spreadOf(mesh, 'another')).toBeUndefined()
    expect(spreadOf(undefined, 'another')).toBeUndefined()
  })
})

describe('how a work hangs', () => {
  it('asks before code runs and before what a maker warns of', () => {
    expect(needsAsking(named('omweg'))).toBe(true)
    expect(needsAsking(named('de-stilte-van-de-melding'))).toBe(true)
    expect(needsAsking(named('om-de-beurt'))).toBe(false)
  })

  it('keeps a poster covered where it may hold what is warned of', () => {
    expect(showsPoster(named('de-stilte-van-de-melding'))).toBe(false)
    expect(showsPoster(named('het-weerbericht-van-de-macht'))).toBe(true)
  })

  it('gives broad works the whole wall', () => {
    expect(hangsWide(named('om-de-beurt'))).toBe(true)
    expect(hangsWide(named('wie-niet-telt'))).toBe(false)
    expect(hangsWide(named('tijdlijn-zonder-eigenaar'))).toBe(false)
  })

  it('shows a series as a person counts, without the poster', () => {
    expect(seriesOf(named('broncode-van-een-stad')).map((file) => file.path)).toEqual([
      'beeld-1.svg',
      'beeld-2.svg',
      'beeld-10.svg',
    ])
  })

  it('lets no markup, foreign link or foreign image of an author through', () => {
    const work = named('wie-niet-telt')
    const markup = renderMarkdown(
      '# T\n<img src=x onerror=alert(1)>\n\n[a](https://example.org) ![b](//example.org/b.png) [c](javascript:alert(1)) [d](tekst.md)',
      work,
    )
    expect(markup).toContain('<h2>T</h2>')
    expect(markup).not.toMatch(/<img|<script|(href|src)="(?!\/works\/)/)
    expect(markup).toContain(`<a href="${work.entry.url}">d</a>`)
  })
})

describe('drawings of figures', () => {
  it('fills a disc by its share', () => {
    expect(sharePath(0, 10)).toBe('')
    expect(sharePath(0.25, 10)).toBe('M0 0V-10A10 10 0 0 1 10 0Z')
    expect(sharePath(1, 10)).toContain('A10 10')
    expect(sharePath(Number.NaN, 10)).toBe('')
  })
})

describe('zooming', () => {
  const frame = { width: 400, height: 300 }
  const point = fc.record({
    x: fc.double({ min: -200, max: 200, noNaN: true }),
    y: fc.double({ min: -150, max: 150, noNaN: true }),
  })

  it('keeps the point under the finger under it', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 1, max: 8, noNaN: true }), (finger, factor) => {
        const view = zoomAt(fitView, factor, finger)
        expect((finger.x - view.x) / view.scale).toBeCloseTo(finger.x, 6)
        expect((finger.y - view.y) / view.scale).toBeCloseTo(finger.y, 6)
      }),
    )
  })

  it('never loses the picture', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 0.01, max: 100, noNaN: true }), (shift, scale) => {
        const fitted = fitInto(frame, { width: 1600, height: 900 })
        const view = clampView({ scale, x: shift.x * 50, y: shift.y * 50 }, frame, fitted)
        expect(view.scale).toBeGreaterThanOrEqual(1)
        expect(view.scale).toBeLessThanOrEqual(largestScale)
        expect(Math.abs(view.x)).toBeLessThanOrEqual(
          Math.max(0, (fitted.width * view.scale - frame.width) / 2) + 1e-9,
        )
      }),
    )
    expect(fitInto(frame, { width: 0, height: 0 })).toEqual({ width: 0, height: 0 })
  })
})
