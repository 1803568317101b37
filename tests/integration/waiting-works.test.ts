import { readdirSync } from 'node:fs'
import { getRandomValues } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealKeyFile } from '../../artworks/format/key-file.ts'
import { sealLook } from '../../artworks/format/look.ts'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import type { SubmissionsView } from '../../node/http/contracts/curate.ts'
import { eventually } from '../venue/support/eventually.ts'
import { Command, meshArt, passphrase } from './support/command.ts'
import { artworkFolder, noise } from './support/folders.ts'
import { startLastingNode } from './support/node.ts'
import type { LoopbackNode } from './support/node.ts'

const adaKey = await generateKeyPairFromSeed('Ed25519', getRandomValues(new Uint8Array(32)))
const nodes: LoopbackNode[] = []
let dir = ''
let exhibition = '' as Did

const keyFile = (name: string): string => join(dir, `${name}.key`)
const chunksOf = (name: string): number =>
  readdirSync(join(dir, name, 'chunks'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.startsWith('baf'),
  ).length

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mesh-art-'))
  const random = (length: number): Uint8Array => getRandomValues(new Uint8Array(length))
  writeFileSync(keyFile('ada'), await sealKeyFile(adaKey, passphrase, { random, name: 'ada' }), {
    mode: 0o600,
  })
  await new Command(['key', 'create', keyFile('noor')]).ended
  const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
  const curator = `${didFromPublicKey(adaKey.publicKey)}=Ada`
  const data = join(dir, 'first')
  const made = await new Command([
    'exhibition',
    'create',
    '--data-dir',
    data,
    ...texts,
    '--quorum',
    '1',
    '--curator',
    curator,
    '--json',
  ]).ended
  exhibition = (JSON.parse(made.stdout) as { exhibition: Did }).exhibition
  const config = join(dir, 'node.yaml')
  writeFileSync(config, 'limits:\n  waitingPerArtist: 2\n')
  const first = await startLastingNode(['--data-dir', data, '--config', config])
  nodes.push(first)
  const invite = ['--join', first.invite === '' ? await inviteOf(data, first) : first.invite]
  for (const name of ['second', 'third'])
    nodes.push(await startLastingNode(['--data-dir', join(dir, name), ...invite]))
}, 180_000)
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.command.kill('SIGKILL')))
  rmSync(dir, { recursive: true, force: true })
})

async function inviteOf(data: string, first: LoopbackNode): Promise<string> {
  const { addresses } = await first.json<{ addresses: string[] }>('/api/v1/node')
  const ended = await meshArt([
    'exhibition',
    'invite',
    '--data-dir',
    data,
    '--json',
    ...addresses.flatMap((address) => ['--address', address]),
  ])
  return (JSON.parse(ended.stdout) as { invite: string }).invite
}

function node(at: number): LoopbackNode {
  const found = nodes[at]
  if (found === undefined) throw new Error('node')
  return found
}

const publish = (slug: string): ReturnType<typeof meshArt> =>
  meshArt([
    'artwork',
    'publish',
    artworkFolder(slug, { 'index.txt': `${slug}\n`, 'deep/b.bin': noise(3) }),
    '--key',
    keyFile('noor'),
    '--node',
    node(0).url,
    '--json',
  ])

async function submissionsAt(at: number): Promise<SubmissionsView['submissions']> {
  return (await node(at).json<SubmissionsView>('/api/v1/submissions')).submissions
}

describe('a submission, in a mesh of three', () => {
  test('is known everywhere, kept where it came in, read through the mesh by a curator, and spread once admitted', async () => {
    const { manifest, root } = JSON.parse((await publish('golf')).stdout) as {
      manifest: string
      root: string
    }
    const kept = chunksOf('first')
    expect(kept).toBeGreaterThan(3)
    for (const at of [1, 2])
      await eventually(`the submission at node ${at}`, async () => {
        const [found] = await submissionsAt(at)
        if (found?.waiting[0]?.manifest !== manifest) throw new Error('not yet')
        expect(found.waiting[0].here.have).toBe(0)
      })
    const said = await node(2).json<{ node: Did; word: string }>('/api/v1/previews')
    const look = await sealLook({ exhibition, ...said, manifest }, adaKey)
    const headers = { 'content-type': 'application/vnd.mesh-art.record' }
    const body = look as Uint8Array<ArrayBuffer>
    const detail = await eventually('a look at another node', async () => {
      const answer = await fetch(`${node(2).url}/api/v1/previews`, { method: 'POST', headers, body })
      const found = (await answer.json()) as ArtworkDetail
      if (!found.files.some(({ path }) => path === 'deep/b.bin')) throw new Error(JSON.stringify(found))
      return found
    })
    const entry = await fetch(`${node(2).url}${detail.entry.url}`)
    expect(await entry.text()).toBe('golf\n')
    const large = detail.files.find(({ path }) => path === 'deep/b.bin')
    expect((await (await fetch(`${node(2).url}${large?.url}`)).arrayBuffer()).byteLength).toBe(large?.size)
    expect((await fetch(`${node(2).url}/works/${root}/index.txt`)).status).toBe(404)
    expect([chunksOf('second'), chunksOf('third')]).toEqual([0, 0])
    await meshArt(['curate', 'admit', 'golf', '--key', keyFile('ada'), '--node', node(2).url])
    for (const at of [1, 2]) await node(at).untilWhole(1)
    expect([chunksOf('second'), chunksOf('third')]).toEqual([kept, kept])
  })

  test('beyond the quota of its node is refused in one line, and keeps no record', async () => {
    for (const slug of ['een', 'twee']) expect((await publish(slug)).code).toBe(0)
    const refused = await publish('drie')
    expect(refused).toMatchObject({
      code: 1,
      mistakes: [expect.stringMatching(/2 versions signed with this key wait for curators already/)],
    })
    expect((await submissionsAt(0)).map(({ slug }) => slug).sort()).toEqual(['een', 'twee'])
  })
})
