import type { Page } from 'playwright-core'
import { distDirectory } from '../../../exhibit-ui/build.ts'
import { PASSPHRASE } from '../../node/technician/passphrase.ts'
import { simulatedMesh } from '../simulated-mesh.ts'
import type { Scene, Shot } from './shot.ts'

type Mesh = Awaited<ReturnType<typeof simulatedMesh>>
const until = 'h1.well, h1.problem'

/** A card that is full and a work that does not fit on it, and a node that is lost. */
function breakThings({ show, ids, hear, watch }: Mesh): void {
  for (let second = 0; second < 60; second += 1) {
    show.nowMs += 1000
    for (const [index] of ids.entries()) if (index !== 1 && index !== 6) hear(index)
    hear(1, { full: 1, lacks: [[2, 1, 0, 0]] }, (at) => (at === 2 ? 0 : 1))
    watch.tick()
  }
}

/** Nearly everything that can be warned of, at once. */
function breakEverything(mesh: Mesh): void {
  const { show, ids, hear, watch } = mesh
  show.mesh.addIncident('did:key:z6MkStrangerAtTheDoor', 'not-granted')
  show.mesh.addIncident(ids[2] ?? '', 'bad-chunk')
  const sick: Parameters<Mesh['hear']>[] = [
    [0, { disk: [900, 300, 256, 12], temp: 84, throttled: 0x5_0005, load: 320 }],
    [1, { full: 1, lacks: [[2, 1, 0, 0]] }, (at) => (at === 2 ? 0 : 1)],
    [2, { mem: [40, 1000, 120], diskErrors: 3, clients: 3, draining: 1, identify: 1 }],
    [3, { lacks: [[4, 0, 120, 95]], clock: 1_800_000_900 }, (at) => (at === 4 ? 0.4 : 1)],
    [4, { lacks: [[5, 4, 0, 0]] }, (at) => (at === 5 ? 0.2 : 1)],
  ]
  for (let second = 0; second < 90; second += 1) {
    show.nowMs += 1000
    for (const [index] of ids.entries()) if (index > 4 && index !== 6) hear(index)
    for (const args of sick) {
      const [index, health = {}, share] = args
      const counts: [number, number, number, number] =
        index === 5 || second < 80 ? [0, 0, 0, 0] : [second, second, second, second]
      hear(index, { ...health, counts: index === 4 ? counts : [0, 0, 0, 0] }, share)
    }
    const odd = show.mesh.peer(ids[5] ?? '', show.nowMs)
    odd.version = '0.0.9'
    odd.records = 'other'
    watch.tick()
  }
}

async function logIn(page: Page): Promise<void> {
  await page.locator('order-panel input[type=password]').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.locator('order-panel select').first().waitFor()
}

const scene = (
  size: { nodes: number; works: number },
  shots: Shot[],
  after?: (mesh: Mesh) => void,
): Scene => ({
  shots,
  open: async () => {
    const mesh = await simulatedMesh(size, distDirectory)
    after?.(mesh)
    return mesh
  },
})

/** The technicians' page: all well, some of it not, alone, and as large as it may get. */
export const techScenes: Scene[] = [
  scene({ nodes: 8, works: 12 }, [
    { name: 'tech', path: 'tech', until },
    { name: 'tech-in', path: 'tech', until, before: logIn },
  ]),
  scene(
    { nodes: 8, works: 12 },
    [
      { name: 'tech-alerts', path: 'tech', until },
      {
        name: 'tech-details',
        path: 'tech',
        until,
        before: async (page) => {
          for (const summary of await page.locator('summary').all()) await summary.click()
          await page.locator('node-list button').first().click()
        },
      },
    ],
    breakThings,
  ),
  scene({ nodes: 8, works: 12 }, [{ name: 'tech-everything', path: 'tech', until }], breakEverything),
  scene({ nodes: 3, works: 4 }, [
    { name: 'tech-three', path: 'tech', until },
    {
      name: 'tech-away',
      path: 'tech',
      until,
      screen: true,
      before: async (page) => {
        await page.context().setOffline(true)
        await page.locator('.away').waitFor()
      },
    },
  ]),
  scene({ nodes: 3, works: 0 }, [{ name: 'tech-door', path: 'tech', until, before: logIn }], ({ show }) => {
    show.mesh.isJoiningClosed = true
    show.mesh.addWaiting('did:key:z6MkWaits', 'Zolder achter', show.nowMs)
    show.mesh.addWaiting('did:key:z6MkWaitsToo', 'Tuinhuis', show.nowMs)
  }),
  scene({ nodes: 1, works: 3 }, [{ name: 'tech-alone', path: 'tech', until }]),
  scene({ nodes: 50, works: 500 }, [{ name: 'tech-many', path: 'tech', until }]),
  scene({ nodes: 50, works: 500 }, [{ name: 'tech-many-broken', path: 'tech', until }], breakEverything),
]
