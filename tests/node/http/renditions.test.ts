import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../store/temporary-directory.ts'
import { appOf, exhibition, seal } from './exhibition-fixture.ts'

const poster = await readFile(
  join(resolve(import.meta.dirname, '../../..'), 'artworks/collection/peil/work/poster.webp'),
)
const files = { 'index.html': 'x', 'foto 1.webp': poster, 'drawing.svg': '<svg/>', 'broken.jpg': 'no' }

async function shown(withDisk = true) {
  const made = await exhibition()
  const derivativesDir = await temporaryDirectory()
  const work = await made.publish('golf', files)
  const { app } = await appOf({ ...made, deps: { ...made.deps, ...(withDisk ? { derivativesDir } : {}) } })
  const root = work.root.toString()
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.inject({ url: `/renditions/${root}/${path}`, headers })
  return { made, app, root, get, derivativesDir }
}

describe('images in smaller widths', () => {
  test('come in a format the browser says it takes, never change, and are revalidated', async () => {
    const { get } = await shown()
    const plain = await get('320/foto%201.webp', { accept: '*/*' })
    expect(plain.statusCode).toBe(200)
    expect(plain.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(plain.rawPayload.length).toBeLessThan(poster.length)
    const webp = await get('320/foto%201.webp', { accept: 'image/webp,*/*' })
    expect(webp.headers['content-type']).toBe('image/webp')
    expect(webp.headers.etag).not.toBe(plain.headers.etag)
    const again = await get('320/foto%201.webp', {
      accept: '*/*',
      'if-none-match': String(plain.headers.etag),
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('are the original where there is no rendition', async () => {
    const { get, root } = await shown()
    for (const name of ['drawing.svg', 'broken.jpg']) {
      const answer = await get(`800/${name}`)
      expect([answer.statusCode, answer.headers.location]).toEqual([302, `/works/${root}/${name}`])
      expect(answer.headers['cache-control']).toBe('no-store')
    }
    const without = await shown(false)
    expect((await without.get('800/foto%201.webp')).headers.location).toBe(
      `/works/${without.root}/foto%201.webp`,
    )
  })

  test.each([
    '1/foto%201.webp',
    '641/foto%201.webp',
    '320/',
    '320/nothing.webp',
    'abc/x.webp',
    '320/../foto.webp',
    '320/a//b.webp',
  ])('are those of named widths and files only: %s', async (path) => {
    const { get } = await shown()
    expect((await get(path)).statusCode).toBeGreaterThanOrEqual(400)
    expect((await get(path)).statusCode).toBeLessThan(500)
  })

  test('are gone, from the disk too, when the artist withdraws the work', async () => {
    const { get, made, derivativesDir, root } = await shown()
    await get('320/foto%201.webp')
    // On a busy machine the answer is the original, and the rendition is there a little later.
    await expect.poll(() => readdir(derivativesDir), { timeout: 30_000 }).toEqual([root])
    await made.accept(await seal('artist', { kind: 'withdrawal', slug: 'golf' }))
    expect((await get('320/foto%201.webp')).statusCode).toBe(410)
    await expect.poll(() => readdir(derivativesDir)).toEqual([])
  })
})
