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
  scene({ nodes: 1, works: 3 }, [{ name: 'tech-alone', path: 'tech', until }]),
  scene({ nodes: 50, works: 500 }, [{ name: 'tech-many', path: 'tech', until }]),
]
