import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../venue/support/eventually.ts'
import { meshArt, startMeshArt } from './support/command.ts'
import { scratch } from './support/folders.ts'
import { LoopbackNode, onLoopback, startNode } from './support/node.ts'

/** What it waits for at most when it is told to end: a bound against hanging, not a measurement. */
const STOP_LIMIT_MS = 8000

test('a second start goes on with the same exhibition and publishes nothing anew', async () => {
  const dir = join(scratch(), 'data')
  const first = await startNode(['--data-dir', dir])
  await first.untilWhole(4)
  await first.command.untilSaid('4 of 4 works are here.')
  const { id } = await first.exhibition()
  const records = (await first.records()).map(({ cid }) => cid)
  const stopped = await first.command.kill('SIGINT')
  expect(stopped).toMatchObject({ code: 0, mistakes: [] })
  expect(stopped.tookMs).toBeLessThan(STOP_LIMIT_MS)
  const second = await startNode(['--data-dir', dir])
  await second.command.untilSaid('4 of 4 works are here.')
  expect((await second.exhibition()).id).toBe(id)
  expect((await second.records()).map(({ cid }) => cid)).toEqual(records)
  expect(second.command.said).not.toContain('Hanging')

  // And one that joins it says what arrives.
  const joined = await startNode(['--data-dir', join(scratch(), 'data'), '--join', second.invite])
  await joined.untilWhole(4)
  await joined.command.untilSaid('4 of 4 works are here.')
  expect((await joined.exhibition()).id).toBe(id)
  expect(joined.invite).toBe('')

  for (const node of [joined, second]) {
    const ended = await node.command.kill('SIGTERM')
    expect(ended).toMatchObject({ code: 0, mistakes: [] })
    expect(ended.tookMs).toBeLessThan(STOP_LIMIT_MS)
  }
  const verified = await meshArt(['verify', '--data-dir', dir, '--json'])
  expect(JSON.parse(verified.stdout)).toMatchObject({ damaged: [], works: { complete: 4, total: 4 } })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a node that is only just beginning, or hanging its works',
  async (signal) => {
    for (const moment of ['founding an exhibition', 'Hanging gemiddeld-genomen', 'Hanging peil']) {
      const command = startMeshArt(['node', ...onLoopback, '--data-dir', join(scratch(), 'data')])
      await command.untilSaid(moment)
      const ended = await command.kill(signal)
      expect({ moment, ...ended }).toMatchObject({ code: 0, mistakes: [] })
      expect(ended.tookMs).toBeLessThan(STOP_LIMIT_MS)
      expect(ended.stderr).not.toContain('    at ')
    }
  },
)

test('a start that was cut off while hanging hangs the rest the next time', async () => {
  const dir = join(scratch(), 'data')
  const cut = startMeshArt(['node', ...onLoopback, '--data-dir', dir])
  await cut.untilSaid('Hanging omweg')
  await cut.kill('SIGKILL')
  const node = await startNode(['--data-dir', dir])
  await node.untilWhole(4)
  await node.command.untilSaid('4 of 4 works are here.')
})

test('a signal ends a node that looks for one to let it in', async () => {
  const dir = scratch()
  const texts = ['--title-nl', 'T', '--title-en', 'T', '--statement-nl', 'S', '--statement-en', 'S']
  await meshArt(['exhibition', 'create', '--data-dir', join(dir, 'away'), ...texts])
  const { stdout } = await meshArt(['exhibition', 'invite', '--data-dir', join(dir, 'away')])
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const command = startMeshArt([
      ...['node', ...onLoopback, '--data-dir', join(dir, 'joining'), '--join', stdout.trim()],
    ])
    await command.untilSaid('Looking for a node')
    const ended = await command.kill(signal)
    expect(ended).toMatchObject({ code: 0, mistakes: [] })
    expect(ended.tookMs).toBeLessThan(STOP_LIMIT_MS)
  }
})

/** Processes whose command line names a directory. */
async function processesOf(dir: string): Promise<number[]> {
  const { readdir, readFile } = await import('node:fs/promises')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found: number[] = []
  for (const pid of pids) {
    // One that ended meanwhile.
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(dir)) found.push(pid)
  }
  return found
}

test('demo shows the same works on all its ports, and leaves no process', { timeout: 90_000 }, async () => {
  const dir = join(scratch(), 'demo')
  const start = () => startMeshArt(['demo', '--nodes', '3', '--port', '0', '--data-dir', dir])
  const demo = start()
  await demo.untilSaid('Ctrl+C stops them all.')
  const urls = [...demo.said.matchAll(/^ {4}(http:\S+)\/ /gm)].map((match) => match[1] ?? '')
  expect(new Set(urls).size).toBe(3)
  const shown = await Promise.all(
    urls.map(async (url) => {
      const node = new LoopbackNode(demo)
      Object.defineProperty(node, 'url', { value: url })
      return (await node.untilWhole(4)).map(({ root }) => root)
    }),
  )
  expect(shown[1]).toEqual(shown[0])
  expect(shown[2]).toEqual(shown[0])
  expect(await processesOf(dir)).toHaveLength(4)
  expect(await demo.kill('SIGINT')).toMatchObject({ code: 0, mistakes: [] })
  expect(await processesOf(dir)).toEqual([])

  // However it ends: the nodes notice that it is gone.
  const killed = start()
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  await killed.untilSaid('OBA: ')
  await killed.kill('SIGKILL')
  await eventually('no node is left', async () => {
    if ((await processesOf(dir)).length > 0) throw new Error('some are left')
  })
})

test('demo says on one line which node could not start, and why', async () => {
  const dir = scratch()
  const other = await startNode(['--data-dir', join(dir, 'demo', 'node-2')])
  const ended = await meshArt(['demo', '--nodes', '2', '--port', '0', '--data-dir', join(dir, 'demo')])
  expect(ended).toMatchObject({
    code: 1,
    mistakes: [expect.stringMatching(/NEMO did not start: another node already runs on/)],
  })
  expect(await other.works()).toHaveLength(4)
})
