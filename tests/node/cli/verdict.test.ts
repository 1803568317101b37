import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../../node/cli/verdict.ts'
import { meshHealthView } from '../../../node/http/tech/mesh-health-view.ts'
import { watchOf } from '../health/watch.ts'
import { dids, exhibition } from '../http/exhibition-fixture.ts'

const titles = new Map([['disk-full', 'Card full']])

async function viewOf(store: boolean, diskFull: boolean) {
  const show = await exhibition()
  await show.publish('werk', { 'index.html': 'x' }, { store: () => store })
  const { watch } = watchOf(show)
  show.mesh.diskFull = diskFull
  watch.tick()
  const { catalogue, mesh } = show.deps
  return meshHealthView({ selfId: dids.node, run: 'x', catalogue, mesh, watch }, show.nowMs, 0)
}

describe('the verdict in a terminal', () => {
  it('is one line when all is well', async () => {
    expect(verdictOf(await viewOf(true, false), titles)).toBe(
      'ALL IS WELL: 1 of 1 nodes heard, 1 of 1 works whole everywhere',
    )
  })

  it('says what is not, and each gap with its cause', async () => {
    const lines = verdictOf(await viewOf(false, true), titles).split('\n')
    expect(lines).toEqual([
      '1 PROBLEM: 1 of 1 nodes heard, 0 of 1 works whole everywhere',
      '! Card full: Kelder, for 0 s',
      '  werk on Kelder: disk-full',
    ])
  })
})
