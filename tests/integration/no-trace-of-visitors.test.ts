import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratch } from './support/folders.ts'
import { startNode } from './support/node.ts'

const VISITORS = 50

/** One visitor, from an address of its own in 127/8, with a browser and a language that no one else has. */
function visitor(number: number): { address: string; agent: string; language: string } {
  return {
    address: `127.77.${number}.9`,
    agent: `Zeldzaam/${number}.77 (Telefoon)`,
    language: `zz-x${number}q`,
  }
}

function visit(url: string, { address, agent, language }: ReturnType<typeof visitor>): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': agent, 'accept-language': language, connection: 'close' }
    const asking = request(url, { localAddress: address, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    asking.on('error', reject)
    asking.end()
  })
}

/** Every file under a folder as bytes, names included. */
function everythingIn(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const parts = files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    return [Buffer.from(`${path}\n`), ...(entry.isFile() ? [readFileSync(path)] : [])]
  })
  return Buffer.concat(parts)
}

test('after fifty visitors nothing of them is on the disk, in the log or in the metrics', async () => {
  const dir = join(scratch(), 'data')
  // Everything that can be logged, is.
  const node = await startNode(['--data-dir', dir, '--log-level', 'trace'])
  const [work] = await node.untilWhole(4)
  const paths = [
    '/',
    '/nl/',
    '/nl/tech',
    '/generate_204',
    '/api/v1/artworks',
    '/api/v1/nowhere',
    '/api/v1/mesh/health',
    `/works/${work?.root ?? ''}/`,
    '/%zz',
  ]
  const answers = await Promise.all(
    Array.from({ length: VISITORS }, async (_, number) => {
      const statuses: number[] = []
      for (const path of paths) statuses.push(await visit(`${node.url}${path}`, visitor(number)))
      return statuses
    }),
  )
  expect(answers.flat().filter((status) => status === 200).length).toBeGreaterThan(VISITORS * 2)
  const metrics = await (await fetch(`${node.url}/metrics`)).text()
  const health = await (await fetch(`${node.url}/api/v1/mesh/health`)).text()
  const said = node.command.said
  await node.command.kill('SIGTERM')
  const kept = {
    disk: everythingIn(dir),
    log: Buffer.from(said),
    metrics: Buffer.from(metrics),
    health: Buffer.from(health),
  }
  // The search finds what is there.
  expect(kept.disk.includes('chunks')).toBe(true)
  expect(kept.log.includes('In the mesh as')).toBe(true)
  for (const [where, bytes] of Object.entries(kept)) {
    for (let number = 0; number < VISITORS; number += 1) {
      for (const trace of Object.values(visitor(number))) {
        expect({ where, trace, found: bytes.includes(trace) }).toEqual({ where, trace, found: false })
      }
    }
    // Of hardware: an address of an interface has six pairs of hexadecimal digits.
    if (where !== 'disk') expect(bytes.toString()).not.toMatch(/\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/i)
  }
}, 120_000)
