import { describe, expect, test } from 'vitest'
import { httpLimits } from '../../../node/http/limits.ts'
import { meshView } from '../../../node/http/views/mesh-view.ts'
import type { MeshSources } from '../../../node/http/views/mesh-view.ts'
import { NodeNames } from '../../../node/http/views/node-names.ts'
import { progressView } from '../../../node/http/views/progress-view.ts'
import type { ProgressSources } from '../../../node/http/views/progress-view.ts'
import { workUrl } from '../../../node/http/views/work-url.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'
import { dids, exhibition } from './exhibition-fixture.ts'
import type { Exhibition } from './exhibition-fixture.ts'

const ROOT = 'bafyroot'
const half = { have: 1, total: 2, complete: false, cells: '1'.repeat(18) + '0'.repeat(18) }

function progressSources(
  mesh: MeshState,
  { progress = half, refusal }: { progress?: typeof half | undefined; refusal?: string } = {},
): ProgressSources {
  const names = new NodeNames({ grant: () => undefined }, mesh, { id: 'self', name: 'Zelf' })
  return { holdings: { progress: () => progress, refusal: () => refusal }, mesh, names }
}

describe('why a work is not complete', () => {
  test('it comes from a neighbour', () => {
    const mesh = new MeshState()
    mesh.peer('b', 0).name = 'Zolder'
    mesh.sources.set(ROOT, new Set(['b']))
    expect(progressView(progressSources(mesh), ROOT, 2)).toEqual({
      ...half,
      from: [{ id: 'b', name: 'Zolder' }],
      cause: 'arriving',
    })
  })

  test('nobody near has it, or someone may', () => {
    const mesh = new MeshState()
    const cause = () => progressView(progressSources(mesh), ROOT, 2).cause
    expect(cause()).toBe('no-neighbour-has-it')
    const peer = mesh.peer('b', 0)
    expect(cause()).toBe('no-neighbour-has-it')
    peer.neighbour = true
    // It has not said yet.
    expect(cause()).toBe('waiting')
    peer.held = new Map([[ROOT, 0]])
    expect(cause()).toBe('no-neighbour-has-it')
    peer.held = new Map([[ROOT, 0.5]])
    expect(cause()).toBe('waiting')
  })

  test('the disk is full, or the content is not what was declared: these come first', () => {
    const mesh = new MeshState()
    mesh.sources.set(ROOT, new Set(['b']))
    mesh.diskFull = true
    expect(progressView(progressSources(mesh), ROOT, 2).cause).toBe('disk-full')
    mesh.refusedRoots.add(ROOT)
    expect(progressView(progressSources(mesh), ROOT, 2).cause).toBe('refused')
    expect(progressView(progressSources(new MeshState(), { refusal: 'too many' }), ROOT, 2).cause).toBe(
      'refused',
    )
  })

  test('a complete work has no cause, one not followed yet has nothing', () => {
    const mesh = new MeshState()
    mesh.diskFull = true
    const complete = { have: 2, total: 2, complete: true, cells: '1'.repeat(36) }
    expect(progressView(progressSources(mesh, { progress: complete }), ROOT, 2)).toEqual({
      ...complete,
      from: [],
    })
    const { holdings: _, ...rest } = progressSources(new MeshState())
    const nothing = { ...rest, holdings: { progress: () => undefined, refusal: () => undefined } }
    expect(progressView(nothing, ROOT, 7)).toMatchObject({ have: 0, total: 7, cells: '0'.repeat(36) })
  })
})

describe('the mesh', () => {
  function sourcesOf(show: Exhibition): MeshSources {
    const { catalogue, holdings, mesh, self, version } = show.deps
    const names = new NodeNames(catalogue, mesh, self)
    return { selfId: self.id, version, catalogue, mesh, holdings, names }
  }

  test('has this node first, named as granted, and every other with its state', async () => {
    const show = await exhibition()
    const now = 1_000_000
    const states: [string, number, boolean][] = [
      ['a', 0, true],
      ['b', now - 1, false],
      ['c', now - httpLimits.lateAfterMs, false],
      ['d', now - httpLimits.lostAfterMs, false],
    ]
    for (const [id, heardMs, neighbour] of states)
      Object.assign(show.mesh.peer(id, heardMs), { neighbour, rttMs: 2 })
    const { nodes } = meshView(sourcesOf(show), now)
    expect(nodes.map(({ id, name, state }) => [id, name, state])).toEqual([
      [dids.node, 'Kelder', 'here'],
      ['a', '', 'neighbour'],
      ['b', '', 'reachable'],
      ['c', '', 'late'],
      ['d', '', 'lost'],
    ])
    expect(nodes.map(({ rttMs }) => rttMs)).toEqual([undefined, 2, undefined, undefined, undefined])
  })

  test('links each pair once, believes itself about itself, and forgets what the lost have said', async () => {
    const show = await exhibition()
    const peer = (id: string, neighbour: boolean, neighbours: string[], heardMs = 0) =>
      Object.assign(show.mesh.peer(id, heardMs), { neighbour, neighbours })
    peer('a', true, [dids.node, 'b'])
    peer('b', false, ['a', 'c', 'b', dids.node])
    peer('l', false, ['a'], -1_000_000)
    const { links } = meshView(sourcesOf(show), 0)
    expect(links).toEqual([
      { a: 'a', b: 'b' },
      { a: 'a', b: dids.node },
      { a: 'b', b: 'c' },
    ])
  })

  test('says who holds how much of each work', async () => {
    const show = await exhibition()
    const { root } = await show.publish('golf', { 'a.txt': 'a' })
    Object.assign(show.mesh.peer('a', 0), { held: new Map([[root.toString(), 7]]) })
    show.mesh.peer('silent', 0)
    expect(meshView(sourcesOf(show), 0, 'none').works).toEqual([])
    const [first] = meshView(sourcesOf(show), 0).works
    expect(meshView(sourcesOf(show), 0, first?.root).works).toEqual([first])
    expect(meshView(sourcesOf(show), 0).works).toMatchObject([
      { slug: 'golf', held: { [dids.node]: 1, a: 1 } },
    ])
  })

  test('names the peers it had trouble with, where it knows them', async () => {
    const show = await exhibition()
    show.mesh.addIncident('stranger', 'flood')
    show.mesh.addIncident(dids.node, 'bad-chunk')
    expect(meshView(sourcesOf(show), 0).incidents).toEqual([
      { peer: dids.node, name: 'Kelder', reason: 'bad-chunk', count: 1 },
      { peer: 'stranger', reason: 'flood', count: 1 },
    ])
  })
})

test('the address of a file has each of its names encoded', () => {
  expect(workUrl('r', 'a b/é#?.html')).toBe('/works/r/a%20b/%C3%A9%23%3F.html')
})
