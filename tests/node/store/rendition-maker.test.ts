import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import type * as SharpModule from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RenditionMaker, RenditionRefused } from '../../../node/store/rendition-maker.ts'
import type { Original } from '../../../node/store/rendition-maker.ts'
import { renditionLimits } from '../../../node/store/rendition.ts'
import type { RenditionLimits } from '../../../node/store/rendition.ts'

const sharp = createRequire(import.meta.url)('sharp') as typeof SharpModule.default
const poster = join(resolve(import.meta.dirname, '../../..'), 'artworks/collection/peil/work/poster.webp')

function original(bytes: Uint8Array, size = bytes.length): Original {
  return {
    size,
    source: async function* () {
      for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
    },
  }
}

function maker(limits: Partial<RenditionLimits> = {}): RenditionMaker {
  const made = new RenditionMaker(pino({ level: 'silent' }), { ...renditionLimits, ...limits })
  onTestFinished(() => made.stop())
  return made
}

describe('the process that makes renditions', () => {
  test('makes an image in each format and width, without what the camera noted', async () => {
    const { make, ...rest } = { make: maker(), poster: await readFile(poster) }
    for (const [width, format, seen] of [
      [320, 'jpeg', 'jpeg'],
      [640, 'webp', 'webp'],
      [320, 'avif', 'heif'],
    ] as const) {
      const made = await make.make({ width, format }, original(rest.poster))
      const about = await sharp(made).metadata()
      expect([about.width, about.format, about.exif]).toEqual([width, seen, undefined])
    }
    const turned = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#c22' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const about = await sharp(await make.make({ width: 320, format: 'webp' }, original(turned))).metadata()
    expect([about.width, about.height, about.orientation]).toEqual([20, 40, undefined])
  })

  test('refuses what is no still image of a bearable size, and goes on with the next', async () => {
    const make = maker()
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    for (const bytes of [
      bomb,
      drawing,
      Buffer.from('not an image'),
      new Uint8Array(0),
      (await readFile(poster)).subarray(0, 300),
    ]) {
      await expect(make.make({ width: 320, format: 'jpeg' }, original(bytes))).rejects.toThrow(
        RenditionRefused,
      )
    }
    const { pid } = make
    expect(
      (await make.make({ width: 320, format: 'jpeg' }, original(await readFile(poster)))).length,
    ).toBeGreaterThan(1000)
    expect(make.pid).toBe(pid)
  })

  test('that dies or hangs fails the one image, and another process makes the next', async () => {
    const make = maker()
    const bytes = await readFile(poster)
    await make.make({ width: 320, format: 'jpeg' }, original(bytes))
    const { pid } = make
    const dying = make.make({ width: 1600, format: 'avif' }, original(bytes))
    process.kill(Number(pid), 'SIGKILL')
    await expect(dying).rejects.toBeInstanceOf(Error)
    expect((await make.make({ width: 320, format: 'jpeg' }, original(bytes))).length).toBeGreaterThan(1000)
    // An original that ends before its time leaves the process waiting for the rest.
    await expect(
      make.make({ width: 320, format: 'jpeg' }, original(bytes, bytes.length + 1)),
    ).rejects.toThrow('shorter')
    expect((await make.make({ width: 320, format: 'jpeg' }, original(bytes))).length).toBeGreaterThan(1000)
  })

  test('is gone when there was nothing to do for a while', async () => {
    const make = maker({ idleMs: 20 })
    await make.make({ width: 320, format: 'jpeg' }, original(await readFile(poster)))
    await expect.poll(() => make.pid).toBeUndefined()
  })
})
