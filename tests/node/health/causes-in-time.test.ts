import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import { alertKinds } from '../../../node/health/alert-kinds.ts'
import type { AlertKind } from '../../../node/health/alert-kinds.ts'
import { healthLimits } from '../../../node/health/limits.ts'
import type { MeshHealthView } from '../../../node/http/contracts/tech.ts'
import {
  artworkBody,
  didOf,
  exhibitionBody,
  exhibitionId,
  keyNumber,
  sealed,
  steward,
} from '../../artworks/format/samples.ts'
import { rootNumber, WatchedMesh } from './watched-mesh.ts'
import type { WatchedNode } from './watched-mesh.ts'

const NODES = 8
/** What is promised: from the event until the right cause is shown at every other node that is reached. */
const PROMISE_MS = 10_000
const artist = await keyNumber(50)
const keys = await Promise.all(Array.from({ length: NODES }, (_, i) => keyNumber(100 + i)))

/** Why this node lacks the work, as another shows it; undefined where it does not lack. */
function causeOf(
  { works, nodes, causes }: MeshHealthView,
  node: WatchedNode,
  root: string,
): string | undefined {
  const lack = works
    .find((work) => work.root === root)
    ?.lacks.find(([index]) => nodes[index]?.id === node.did)
  return lack === undefined ? undefined : causes[lack[1]]
}

const hasAlert =
  (kind: AlertKind, ...about: WatchedNode[]) =>
  ({ alerts }: MeshHealthView): boolean =>
    alerts.some(
      (alert) => alert.kind === kind && about.every(({ did }) => [alert.node, alert.other].includes(did)),
    )

// Watch, own health, gossip, its pace and its checks are the real ones; eight nodes in a row, each link up to 0.3 s.
describe('in a mesh of eight nodes in a row, in made-up time', () => {
  let mesh: WatchedMesh
  let catalogue: Catalogue
  let root = ''

  const node = (index: number): WatchedNode => {
    const found = mesh.nodes[index]
    if (found === undefined) throw new Error(`no node ${index}`)
    return found
  }
  const but = (...without: WatchedNode[]): WatchedNode[] => mesh.nodes.filter((one) => !without.includes(one))
  const untilCause = (of: WatchedNode, cause: string | undefined): Promise<number> =>
    mesh.until(but(of), 60_000, (view) => causeOf(view, of, root) === cause)

  beforeEach(async () => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    })
    catalogue = new Catalogue(exhibitionId)
    catalogue.add(await sealed(exhibitionBody(), steward))
    for (const [i, key] of keys.entries())
      catalogue.add(
        await sealed(
          { kind: 'node-grant', v: 1, exhibition: exhibitionId, node: didOf(key), name: `n${i}` },
          steward,
        ),
      )
    const manifest = artworkBody({ root: rootNumber(1), size: 10_000_000, chunks: 10 })
    catalogue.add(await sealed(manifest, artist))
    mesh = new WatchedMesh(catalogue, keys)
    root = mesh.show(manifest, () => 10)
    mesh.start()
    await vi.advanceTimersByTimeAsync(60_000)
  })
  afterEach(() => {
    for (const one of mesh.nodes) one.stop()
    vi.useRealTimers()
  })

  it('all is well to begin with, wherever one looks', () => {
    for (const { problems, notices, heard, works } of mesh.nodes.map((one) => one.view())) {
      expect({ problems, notices, heard }).toEqual({ problems: 0, notices: 0, heard: { nodes: 8, of: 8 } })
      expect(works.map(({ whole, of }) => [whole, of])).toEqual([[8, 8]])
    }
  })

  it('a work that is on its way is shown so, with what is held, and is whole when it is', async () => {
    const first = node(0)
    first.held.set(root, 4)
    first.state.sources.set(root, new Set([node(1).did]))
    first.events.emit('progress', root)
    expect(await untilCause(first, 'coming')).toBeLessThanOrEqual(PROMISE_MS)
    first.held.set(root, 10)
    first.state.sources.clear()
    first.events.emit('progress', root)
    expect(await untilCause(first, undefined)).toBeLessThanOrEqual(PROMISE_MS)
  })

  it('a card that is full is the cause, wherever one looks, until there is room', async () => {
    const last = node(7)
    last.held.set(root, 4)
    last.storage = { ...last.storage, freeBytes: 0 }
    expect(await untilCause(last, 'disk-full')).toBeLessThanOrEqual(PROMISE_MS)
    // The alert comes when each looks next: once a second.
    expect(await mesh.until(but(last), 60_000, hasAlert('disk-full', last))).toBeLessThanOrEqual(1_000)
    last.storage = { ...last.storage, freeBytes: 20_000_000_000 }
    last.held.set(root, 10)
    last.events.emit('progress', root)
    expect(await untilCause(last, undefined)).toBeLessThanOrEqual(PROMISE_MS)
  })

  it('a work that no neighbour has is unreachable, and one of a node that is lost too', async () => {
    const last = node(7)
    last.held.set(root, 0)
    node(6).held.set(root, 0)
    node(6).events.emit('progress', root)
    last.events.emit('progress', root)
    expect(await untilCause(last, 'unreachable')).toBeLessThanOrEqual(PROMISE_MS)
    const first = node(0)
    node(1).unlink(first)
    first.stop()
    const tookMs = await mesh.until(
      but(first),
      120_000,
      (view) => causeOf(view, first, root) === 'unreachable',
    )
    // It is lost by each one's own clock, and so is its copy: no later.
    expect(tookMs).toBeGreaterThan(healthLimits.lostAfterMs - PROMISE_MS)
    expect(tookMs).toBeLessThanOrEqual(healthLimits.lostAfterMs + PROMISE_MS)
  })

  it('a work that is refused is so everywhere', async () => {
    const first = node(0)
    first.held.set(root, 3)
    first.refused.add(root)
    expect(await untilCause(first, 'refused')).toBeLessThanOrEqual(PROMISE_MS)
    first.refused.clear()
    first.held.set(root, 10)
    first.events.emit('progress', root)
    expect(await untilCause(first, undefined)).toBeLessThanOrEqual(PROMISE_MS)
  })

  it('a chunk that is damaged is fetched anew, and then is not', async () => {
    const last = node(7)
    last.held.set(root, 9)
    last.events.emit('chunk:damaged', rootNumber(3).toString())
    expect(await untilCause(last, 'refetching')).toBeLessThanOrEqual(PROMISE_MS)
    // The alert comes when each looks next: once a second.
    expect(await mesh.until(but(last), 60_000, hasAlert('damaged', last))).toBeLessThanOrEqual(1_000)
    last.held.set(root, 10)
    last.events.emit('progress', root)
    expect(await untilCause(last, undefined)).toBeLessThanOrEqual(PROMISE_MS)
  })

  it('a work that is withdrawn is so on every node', async () => {
    const withdrawal = { kind: 'withdrawal', v: 1, exhibition: exhibitionId, slug: 'a-work' } as const
    catalogue.add(await sealed(withdrawal, artist))
    mesh.hide(root)
    const tookMs = await mesh.until(mesh.nodes, 60_000, (view) =>
      mesh.nodes.every((one) => causeOf(view, one, root) === 'withdrawn'),
    )
    expect(tookMs).toBeLessThanOrEqual(PROMISE_MS)
  })

  it('a node whose grant was taken back is not granted, and what it holds is no copy', async () => {
    const last = node(7)
    catalogue.add(await sealed(exhibitionBody({ sequence: 2, revokedNodes: [last.did] }), steward))
    expect(await untilCause(last, 'not-granted')).toBeLessThanOrEqual(PROMISE_MS)
  })

  /** What happens, how it is mended, and what is shown of it: once it has held for as long as its text says. */
  const alerts: [AlertKind, happens: () => WatchedNode[], mend: () => void][] = [
    [
      'clock-wrong',
      () => {
        node(3).clockOffMs = 900_000
        return [node(3)]
      },
      () => {
        node(3).clockOffMs = 0
      },
    ],
    [
      'link-lost',
      () => {
        // In the middle, with another way around it.
        node(2).link(node(5))
        node(5).link(node(2))
        node(3).unlink(node(4))
        node(4).unlink(node(3))
        return [node(3), node(4)]
      },
      () => {
        node(3).link(node(4))
        node(4).link(node(3))
        node(3).events.emit('own-health')
        node(4).events.emit('own-health')
      },
    ],
    [
      'hot',
      () => {
        node(0).own.machine = { ...node(0).own.machine, temperature: 84 }
        return [node(0)]
      },
      () => {
        node(0).own.machine = { ...node(0).own.machine, temperature: 50 }
      },
    ],
    [
      'draining',
      () => {
        node(7).state.isDraining = true
        return [node(7)]
      },
      () => {
        node(7).state.isDraining = false
      },
    ],
  ]
  it.each(alerts)('%s is shown everywhere, and is over when it is mended', async (kind, happens, mend) => {
    const about = happens()
    const { raiseAfterSeconds, clearAfterSeconds } = alertKinds[kind]
    const raised = await mesh.until(mesh.nodes, 120_000, hasAlert(kind, ...about))
    expect(raised).toBeLessThanOrEqual(PROMISE_MS + raiseAfterSeconds * 1000)
    mend()
    const cleared = await mesh.until(mesh.nodes, 240_000, (view) => !hasAlert(kind, ...about)(view))
    expect(cleared).toBeLessThanOrEqual(PROMISE_MS + clearAfterSeconds * 1000)
  })

  it('nothing is ever raised in thirty quiet minutes, in which figures wander as they do', async () => {
    const before = mesh.nodes.map(({ watch }) => watch.timeline.lastId)
    for (let second = 0; second < 30 * 60; second += 5) {
      for (const one of mesh.nodes) {
        const { own } = one
        own.machine = {
          ...own.machine,
          temperature: 50 + Math.floor(mesh.random() * 25),
          load: mesh.random() < 0.05 ? 260 : 40 + Math.floor(mesh.random() * 80),
          memory: { available: 300 + Math.floor(mesh.random() * 300), total: 1000, used: 140 },
        }
        one.clockOffMs += mesh.random() * 20 - 10
        for (const other of one.links)
          one.state.peer(other.did, performance.now()).rttMs = 2 + mesh.random() * 40
      }
      await vi.advanceTimersByTimeAsync(5_000)
    }
    const raised = mesh.nodes.flatMap(({ watch }, index) =>
      watch.timeline.since(before[index] ?? 0).filter(({ kind }) => kind === 'alert-raised'),
    )
    expect(raised).toEqual([])
    for (const one of mesh.nodes) expect(one.view().heard).toEqual({ nodes: 8, of: 8 })
  }, 120_000)

  it('a stranger and a liar are shown everywhere, and a minute later no more', async () => {
    const first = node(0)
    for (const kind of ['stranger', 'liar'] as const) {
      first.state.addIncident('did:key:zSomebody', kind === 'liar' ? 'bad-chunk' : 'not-granted')
      expect(await mesh.until(mesh.nodes, 60_000, hasAlert(kind, first))).toBeLessThanOrEqual(PROMISE_MS)
    }
    const over = await mesh.until(mesh.nodes, 120_000, ({ alerts: now }) => now.length === 0)
    expect(over).toBeLessThanOrEqual(healthLimits.recentMs + PROMISE_MS)
  })
})
