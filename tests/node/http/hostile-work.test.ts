import { encode, prepare } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { describe, expect, test } from 'vitest'
import { DAG_PB_CODEC } from '../../../artworks/format/dag.ts'
import type { ArtworkDetail } from '../../../node/http/contract.ts'
import type { HttpApp } from '../../../node/http/valibot-provider.ts'
import { block, rawBlock } from '../store/blocks.ts'
import type { Block } from '../store/blocks.ts'
import { appOf, dids, exhibition, manifestOf, seal } from './exhibition-fixture.ts'
import type { ImportedWork } from './exhibition-fixture.ts'

function directory(children: Readonly<Record<string, Block>>): Block {
  const Links = Object.entries(children)
    .map(([Name, { cid, bytes }]) => ({ Name, Tsize: bytes.length, Hash: cid }))
    .sort((a, b) => (a.Name < b.Name ? -1 : 1))
  const Data = new UnixFS({ type: 'directory' }).marshal()
  return block(encode(prepare({ Data, Links })), DAG_PB_CODEC)
}

const workOf = (root: Block, ...others: Block[]): ImportedWork => ({
  root: root.cid,
  blocks: [root, ...others],
  size: [root, ...others].reduce((sum, { bytes }) => sum + bytes.length, 0),
  chunks: others.length + 1,
})

/** Brought block by block past every check of the studio, as somebody who means harm does, and signed. */
async function brought(work: ImportedWork) {
  const show = await exhibition()
  const { app } = await appOf(show)
  const root = work.root.toString()
  const payload = { root, size: work.size, chunks: work.chunks }
  await app.inject({ method: 'POST', url: '/api/v1/uploads', payload })
  for (const { cid, bytes } of work.blocks) {
    const { statusCode } = await app.inject({
      method: 'PUT',
      url: `/api/v1/uploads/${root}/chunks/${cid.toString()}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(bytes),
    })
    expect(statusCode).toBe(200)
  }
  await show.accept(await seal('artist', manifestOf('val', work, { entry: 'a.txt' })))
  return { app, root }
}

const safe = rawBlock('a')
const other = rawBlock('other')

/** Files that the gallery would name; every address within the work. */
async function listed(app: HttpApp): Promise<string[]> {
  const { files, root } = (
    await app.inject({ url: `/api/v1/artworks/${dids.artist}/val` })
  ).json<ArtworkDetail>()
  for (const { url } of files)
    expect(new URL(url, 'http://x').pathname).toMatch(new RegExp(`^/works/${root}/.`))
  return files.map(({ path }) => path)
}

describe('a work made by hand to do harm', () => {
  test.each(['..', '../../../../etc/passwd', '/etc/passwd', 'a\u0000b', '..\\..\\x'])(
    'with a file called %j gives no file by that name, lists none, and gives the others',
    async (name) => {
      const { app, root } = await brought(workOf(directory({ 'a.txt': safe, [name]: other }), safe, other))
      const ask = (path: string) => app.inject({ url: `/works/${root}/${path}` })
      expect((await ask('a.txt')).body).toBe('a')
      for (const path of [encodeURIComponent(name), name.split('/').map(encodeURIComponent).join('/')]) {
        const { statusCode } = await ask(path)
        expect([path, [400, 404].includes(statusCode)]).toEqual([path, true])
      }
      expect(await listed(app)).toEqual(['a.txt'])
    },
  )

  test.each([
    '\u202egnp.exe',
    '%2e%2e',
    '\u05d0\u05d1\u05d2.txt',
    '\u6c34.txt',
    '<img src=x onerror=alert(1)>.txt',
  ])('with a file called %j gives that very file, as what it can do least harm as', async (name) => {
    const { app, root } = await brought(workOf(directory({ 'a.txt': safe, [name]: other }), safe, other))
    const { statusCode, body, headers } = await app.inject({
      url: `/works/${root}/${encodeURIComponent(name)}`,
    })
    expect([statusCode, body]).toEqual([200, 'other'])
    expect(headers['content-type']).toMatch(/^(text\/plain|application\/octet-stream)/)
    expect([headers['x-content-type-options'], headers['content-security-policy']]).toEqual([
      'nosniff',
      expect.stringContaining('sandbox'),
    ])
    expect((await listed(app)).toSorted()).toEqual(['a.txt', name].toSorted())
  })

  test('with a link to a place on the disk', async () => {
    const link = block(
      encode(prepare({ Data: new UnixFS({ type: 'symlink', data: Buffer.from('/etc/passwd') }).marshal() })),
      DAG_PB_CODEC,
    )
    const { app, root } = await brought(workOf(directory({ 'a.txt': safe, b: link }), safe, link))
    const { statusCode, body } = await app.inject({ url: `/works/${root}/b` })
    expect([statusCode, body]).toEqual([422, expect.stringContaining('is not a file or a directory')])
    expect((await app.inject({ url: `/works/${root}/a.txt` })).body).toBe('a')
  })

  test('that is small and would be endless', async () => {
    const leaf = rawBlock('x'.repeat(1000))
    const layers: Block[] = [leaf]
    let bytes = 1000n
    for (let depth = 0; depth < 6; depth += 1) {
      const of = layers.at(-1) as Block
      const node = new UnixFS({ type: 'file', blockSizes: Array.from({ length: 1024 }, () => bytes) })
      layers.push(
        block(
          encode(
            prepare({
              Data: node.marshal(),
              Links: Array.from({ length: 1024 }, () => ({ Name: '', Tsize: 1, Hash: of.cid })),
            }),
          ),
          DAG_PB_CODEC,
        ),
      )
      bytes *= 1024n
    }
    const file = layers.at(-1) as Block
    const root = directory({ 'a.txt': file })
    const { app, root: cid } = await brought(workOf(root, ...layers.toReversed()))
    const part = await app.inject({ url: `/works/${cid}/a.txt`, headers: { range: 'bytes=0-9' } })
    expect([part.statusCode, part.rawPayload.length < 1000]).toEqual([422, true])
    const car = await app.inject({ url: `/ipfs/${cid}?format=car` })
    const once = [root, ...layers].reduce((sum, { bytes: { length } }) => sum + length, 0)
    // Each block once, whatever links to it how often.
    expect([car.statusCode, car.rawPayload.length < once + 100 * layers.length]).toEqual([200, true])
  })
})
