import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtworkDetail } from '../../../../node/http/contract.ts'
import { inTime } from '../in-time.ts'
import { canReach } from '../mesh-state.ts'
import { patience } from '../patience.ts'
import { prepared } from '../radio-venue.ts'
import type { RadioVenue } from '../radio-venue.ts'
import { work as slug } from '../work.ts'
import { address } from './visitor.ts'

interface Listed {
  artworks: { artist: string; slug: string }[]
}

const program = '/opt/mesh-art/current/mesh-art'
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A work that the far node alone holds comes to a phone two hops away, byte for byte. */
export async function farWork(venue: RadioVenue): Promise<void> {
  const { ada, entrance, staircase, laboratory, say } = venue
  venue.hear(staircase, laboratory, false)
  // Its radio counts the other as a neighbour for minutes more (mesh_max_inactivity); packets come no further at once.
  await inTime('the laboratory is alone', () => assert.ok(!canReach(staircase, laboratory)), patience.meshMs)
  const key = ['--key', join(prepared, 'artist.json'), '--passphrase-file', join(prepared, 'passphrase')]
  const to = ['--node', `http://${laboratory.meshAddress}`]
  laboratory.namespace.run(program, 'artwork', 'publish', join(prepared, slug), ...to, ...key, '--json')
  const lists = ({ artworks }: Listed): boolean => artworks.some((one) => one.slug === slug)
  assert.ok(lists(laboratory.get('/api/v1/artworks') as Listed))
  for (const node of [entrance, staircase])
    assert.ok(!lists(node.get('/api/v1/artworks') as Listed), `${node.name} has the work already`)
  say('the laboratory, out of earshot, alone holds the work')

  venue.hear(staircase, laboratory)
  const path = await inTime(
    'the phone at the entrance sees the work',
    () => {
      const { artworks } = JSON.parse(ada.curl(`${address}/api/v1/artworks`)) as Listed
      const found = artworks.find((one) => one.slug === slug)
      assert.ok(found)
      return `/api/v1/artworks/${found.artist}/${slug}`
    },
    patience.workMs,
  )
  const work = await inTime(
    'all of it is there',
    () => {
      const detail = JSON.parse(ada.curl(`${address}${path}`)) as ArtworkDetail
      assert.ok(detail.progress.complete, JSON.stringify(detail.progress))
      return detail
    },
    patience.workMs,
  )
  assert.ok(work.files.length > 0)
  let bytes = 0
  for (const file of work.files) {
    const got = '/tmp/got'
    ada.curl('-o', got, `${address}${file.url}`)
    const original = readFileSync(join(prepared, slug, 'work', file.path))
    assert.equal(digest(readFileSync(got)), digest(original), file.path)
    bytes += original.length
  }
  say(`the phone has ${work.files.length} files, ${bytes} bytes, the same as the artist's`)
}
