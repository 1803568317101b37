import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RenditionRefused } from '../../../node/store/rendition-maker.ts'
import type { RenditionJob } from '../../../node/store/rendition-frames.ts'
import { renditionLimits } from '../../../node/store/rendition.ts'
import type { RenditionFormat, RenditionLimits, RenditionRequest } from '../../../node/store/rendition.ts'
import { Renditions } from '../../../node/store/renditions.ts'
import { temporaryDirectory } from './temporary-directory.ts'

interface Bench {
  readonly renditions: Renditions
  /** What was made, in order. */
  readonly made: string[]
  /** Lets the one under way go on. */
  readonly release: () => void
  readonly hide: () => void
}

async function bench({
  limits = {},
  held = false,
  refuse = false,
  freeBytes = 1e12,
}: {
  limits?: Partial<RenditionLimits>
  held?: boolean
  refuse?: boolean
  freeBytes?: number
} = {}): Promise<Bench> {
  const made: string[] = []
  let gate = Promise.withResolvers<void>()
  let isShown = true
  const renditions = new Renditions({
    dir: await temporaryDirectory(),
    logger: pino({ level: 'silent' }),
    storage: async () => ({ freeBytes, reserveBytes: 1000 }),
    isShown: () => isShown,
    limits: { ...renditionLimits, ...limits },
    maker: {
      make: async ({ width, format }: RenditionJob) => {
        if (held) await gate.promise
        made.push(`${width}.${format}`)
        if (refuse) throw new RenditionRefused('no image')
        return Buffer.from(`${width}.${format}`)
      },
      stop: () => {},
    },
  })
  onTestFinished(() => renditions.stop())
  return {
    renditions,
    made,
    release: () => {
      gate.resolve()
      gate = Promise.withResolvers()
    },
    hide: () => {
      isShown = false
    },
  }
}

function wanted(width: RenditionRequest['width'], ...formats: RenditionFormat[]): RenditionRequest {
  return {
    root: 'root-a',
    cid: 'bafkreigh2akiscaildcqabsyg3d',
    size: 100,
    width,
    formats: new Set(formats),
    source: async function* () {},
  }
}

describe('a visitor who asks for an image', () => {
  test('gets the quick format first; the small one is made when nobody waits, for the next', async () => {
    const { renditions, made } = await bench()
    const first = await renditions.get(wanted(800, 'jpeg', 'webp', 'avif'))
    expect(first?.format).toBe('webp')
    const small = ['800.avif', '728.avif', '1088.avif']
    await expect.poll(() => made).toEqual(['800.webp', ...small])
    // Phones of other widths find theirs made.
    for (const width of [800, 728, 1088] as const)
      await expect
        .poll(async () => (await renditions.get(wanted(width, 'jpeg', 'webp', 'avif')))?.format)
        .toBe('avif')
    expect((await renditions.get(wanted(800, 'jpeg')))?.format).toBe('jpeg')
    expect(made).toEqual(['800.webp', ...small, '800.jpeg'])
  })

  test('has nothing made that is there', async () => {
    const { renditions, made } = await bench()
    const get = (width: RenditionRequest['width']) => renditions.get(wanted(width, 'webp', 'avif'))
    await get(320)
    await expect.poll(() => made).toEqual(['320.webp', '320.avif'])
    await get(728)
    await expect.poll(() => made.slice(2)).toEqual(['728.webp', '728.avif', '800.avif', '1088.avif'])
    await expect.poll(async () => (await get(1088))?.format).toBe('avif')
    expect(made).toHaveLength(6)
  })

  test('is served before what can wait, one at a time', async () => {
    const { renditions, made, release } = await bench({ held: true })
    const answers = [
      renditions.get(wanted(320, 'webp', 'avif')),
      renditions.get(wanted(800, 'webp')),
      renditions.get(wanted(800, 'webp')),
    ]
    for (let i = 0; i < 40 && made.length < 3; i += 1) {
      release()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(made.toSorted()).toEqual(['320.avif', '320.webp', '800.webp'])
    expect(made[2]).toBe('320.avif')
    expect((await Promise.all(answers)).map((rendition) => String(rendition?.bytes))).toEqual([
      '320.webp',
      '800.webp',
      '800.webp',
    ])
  })

  test('sees the original when it takes too long, and the rendition the next time', async () => {
    const { renditions, made, release } = await bench({ held: true, limits: { waitMs: 20 } })
    expect(await renditions.get(wanted(320, 'jpeg'))).toBeNull()
    release()
    await expect.poll(() => made.length).toBe(1)
    await expect.poll(async () => (await renditions.get(wanted(320, 'jpeg')))?.format).toBe('jpeg')
    expect(made).toEqual(['320.jpeg'])
  })

  test('sees the original when too many wait, when it is too large, and for good when it cannot be read', async () => {
    const busy = await bench({ held: true, limits: { queued: 1, waitMs: 10 } })
    await Promise.all([busy.renditions.get(wanted(320, 'jpeg')), busy.renditions.get(wanted(800, 'jpeg'))])
    expect(await busy.renditions.get(wanted(1088, 'jpeg'))).toBeNull()
    const large = await bench({ limits: { sourceBytes: 99 } })
    expect(await large.renditions.get(wanted(320, 'jpeg'))).toBeNull()
    expect(large.made).toEqual([])
    const bad = await bench({ refuse: true })
    expect(await bad.renditions.get(wanted(320, 'jpeg'))).toBeNull()
    expect(await bad.renditions.get(wanted(320, 'jpeg'))).toBeNull()
    expect(bad.made).toEqual(['320.jpeg'])
  })
})

describe('what is kept', () => {
  test('is nothing on a disk that has no room beyond its reserve', async () => {
    const { renditions, made } = await bench({ freeBytes: 1005, limits: { memoryEntryBytes: 0 } })
    expect((await renditions.get(wanted(320, 'jpeg')))?.format).toBe('jpeg')
    expect((await renditions.get(wanted(320, 'jpeg')))?.format).toBe('jpeg')
    expect(made).toHaveLength(2)
  })

  test('is nothing of a work that is no longer shown, in memory or on the disk, or still being made', async () => {
    const { renditions, hide, release } = await bench({ held: true, limits: { waitMs: 50 } })
    const first = renditions.get(wanted(320, 'jpeg'))
    const second = renditions.get(wanted(800, 'jpeg'))
    hide()
    await renditions.dropHidden()
    release()
    expect(await Promise.all([first, second])).toEqual([null, null])
  })
})
