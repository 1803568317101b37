import { describe, expect, test } from 'vitest'
import { drawSeal, fullCells } from '../../../artworks/format/seal.ts'
import { appOf, exhibition, patterned, seal } from './exhibition-fixture.ts'

const MIB = 1024 * 1024

describe('the seal as a picture', () => {
  test('is that of the version that is shown, kept for good once all of it is here', async () => {
    const made = await exhibition()
    const { root } = await made.publish('golf', { 'index.html': 'golf' })
    const { app } = await appOf(made)
    const answer = await app.inject(`/seals/${root.toString()}/seal.svg`)
    expect(answer.headers['content-type']).toContain('image/svg+xml')
    expect(answer.headers['cache-control']).toContain('immutable')
    const drawing = drawSeal(root.toString(), fullCells)
    expect(answer.body).toContain(drawing.track)
    expect(answer.body).toContain(drawing.sun)
    const again = await app.inject({
      url: `/seals/${root.toString()}/seal.svg`,
      headers: { 'if-none-match': answer.headers.etag as string },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    const { body } = await app.inject('/nl/lite/works')
    expect(body).toContain(`src="/seals/${root.toString()}/seal.svg"`)
  })

  test('of a work that is arriving has dots for what is not here, and is asked for again', async () => {
    const made = await exhibition()
    const files = { 'lang.bin': patterned(4 * MIB) }
    const { root } = await made.publish('lang', files, { store: (_cid, index) => index % 2 === 1 })
    const { app } = await appOf(made)
    const answer = await app.inject(`/seals/${root.toString()}/seal.svg`)
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.body).not.toContain(drawSeal(root.toString(), fullCells).track)
  })

  test('of what is not shown there is none', async () => {
    const made = await exhibition()
    const { root } = await made.publish('golf', { 'index.html': 'golf' })
    await made.accept(await seal('artist', { kind: 'withdrawal', slug: 'golf' }))
    const { app } = await appOf(made)
    expect((await app.inject(`/seals/${root.toString()}/seal.svg`)).statusCode).toBe(410)
    expect((await app.inject('/seals/nothing/seal.svg')).statusCode).toBe(400)
  })
})
