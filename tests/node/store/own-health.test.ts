import { describe, expect, it } from 'vitest'
import { watchOf } from '../health/watch.ts'
import { exhibition } from '../http/exhibition-fixture.ts'

describe('what a node says of its own links', () => {
  it('is slow for as long as a long round trip is measured, and not for one that was measured long ago', async () => {
    const show = await exhibition()
    const { own } = watchOf(show)
    const peer = show.mesh.peer('did:key:zNeighbour', 0)
    peer.neighbour = true
    const isSlow = (): boolean => own.say([peer.id], []).links[0]?.[5] === 1
    const after: boolean[] = []
    for (let second = 0; second < 60; second += 1) {
      if (second < 10) peer.rttMs = 900 + second
      own.step(second * 1000)
      after.push(isSlow())
    }
    expect(after[0]).toBe(false)
    expect(after[9]).toBe(true)
    expect(after.at(-1)).toBe(false)
  })
})
