import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFetches } from '../../../node/replication/fetch-planner.ts'
import type { WantedChunk } from '../../../node/replication/fetch-planner.ts'
import { windowLimits } from '../../../node/replication/request-window.ts'
import { Swarm, swarmLimits } from '../../../node/replication/swarm.ts'
import type { SwarmAction } from '../../../node/replication/swarm-action.ts'

const MIB = 1024 * 1024
const chunks = (n: number): WantedChunk[] =>
  Array.from({ length: n }, (_, i) => ({ cid: `c${i}`, root: 'r', bytes: MIB }))
/** Chunks of 1 MiB that a neighbour is asked for before anything is known of its rate. */
const AT_START = windowLimits.leastBytes / MIB

function swarmWanting(wanted: () => WantedChunk[]): Swarm {
  return new Swarm({ wanted: () => [wanted()], random: () => 0.5 })
}

function asked(actions: readonly SwarmAction[] | null): Record<string, string[]> {
  const byNeighbour: Record<string, string[]> = {}
  for (const action of actions ?? []) {
    if (action.do !== 'cancel') (byNeighbour[action.neighbour] ??= []).push(...action.cids)
  }
  return byNeighbour
}

const idle = { roomBytes: 100 * MIB, costMs: 1, msPerByte: 0.001, may: () => true }

describe('planning what to ask of whom', () => {
  it('asks for the rarest first', () => {
    const wanted = chunks(3)
    const only = new Set(['c2'])
    const requests = planFetches(
      [wanted],
      [
        { id: 'all', room: 1, ...idle, has: () => true },
        { id: 'few', room: 0, ...idle, has: ({ cid }) => !only.has(cid) },
      ],
      () => 0.1,
    )
    expect(requests).toEqual([{ neighbour: 'all', chunk: wanted[2] }])
  })

  it('asks one neighbour per chunk, only one that has it, never beyond its room', () => {
    const neighbour = fc.record({
      room: fc.nat(6),
      roomBytes: fc.nat(6 * MIB),
      costMs: fc.integer({ min: 1, max: 50 }),
      msPerByte: fc.double({ min: 0.00001, max: 1, noNaN: true }),
      has: fc.func(fc.boolean()),
    })
    fc.assert(
      fc.property(
        fc.array(neighbour, { maxLength: 6 }),
        fc.nat(40),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (list, n, random) => {
          const neighbours = list.map((one, i) => ({
            ...one,
            id: `n${i}`,
            has: (chunk: WantedChunk) => one.has(chunk.cid),
            may: () => true,
          }))
          const requests = planFetches([chunks(n)], neighbours, () => random.next().value ?? 0)
          expect(new Set(requests.map(({ chunk }) => chunk.cid)).size).toBe(requests.length)
          for (const { id, room, roomBytes, has } of neighbours) {
            const mine = requests.filter((request) => request.neighbour === id)
            expect(mine.length).toBeLessThanOrEqual(room)
            // The last one may go beyond.
            expect(mine.length).toBeLessThanOrEqual(Math.ceil(roomBytes / MIB))
            for (const { chunk } of mine) expect(has(chunk)).toBe(true)
          }
        },
      ),
    )
  })

  it('prefers the neighbour of lower cost, and spreads the load', () => {
    const requests = planFetches(
      [chunks(6)],
      [
        { id: 'near', ...idle, room: 5, has: () => true },
        { id: 'far', ...idle, room: 5, msPerByte: 4 * idle.msPerByte, has: () => true },
      ],
      () => 0.5,
    )
    const near = requests.filter(({ neighbour }) => neighbour === 'near').length
    expect(near).toBeGreaterThan(3)
    expect(requests).toHaveLength(6)
  })
})

describe('the swarm', () => {
  it('asks nothing of a neighbour that has said nothing', () => {
    expect(swarmWanting(() => chunks(3)).connect('a', 0)).toEqual([])
  })

  it('fills the window, and goes on as chunks come', () => {
    const left = chunks(20)
    const swarm = swarmWanting(() => left)
    swarm.connect('a', 0)
    const first = asked(swarm.haves('a', ['r'], [], 0))['a'] ?? []
    expect(first).toHaveLength(AT_START)
    left.splice(0, 1)
    expect(asked(swarm.received('a', first[0] ?? '', 10, MIB))['a']).toHaveLength(1)
  })

  it('moves a stalled request to another neighbour, and never has two alive for one chunk', () => {
    const swarm = swarmWanting(() => chunks(1))
    swarm.connect('a', 0)
    expect(asked(swarm.haves('a', ['r'], [], 0))).toEqual({ a: ['c0'] })
    swarm.connect('b', 0)
    expect(asked(swarm.haves('b', ['r'], [], 1))).toEqual({})
    expect(swarm.tick(swarmLimits.stallMs - 1)).toEqual([])
    const actions = swarm.tick(swarmLimits.stallMs)
    expect(actions).toEqual([
      { do: 'cancel', neighbour: 'a', cids: ['c0'] },
      { do: 'want', neighbour: 'b', cids: ['c0'] },
    ])
    expect(swarm.isAwaited('a', 'c0')).toBe(false)
    expect(swarm.isAwaited('b', 'c0')).toBe(true)
  })

  it('asks elsewhere when a neighbour has not got it after all, sent a bad one, or went away', () => {
    for (const fault of ['gone', 'bad', 'disconnect'] as const) {
      const swarm = swarmWanting(() => chunks(1))
      swarm.connect('a', 0)
      swarm.haves('a', [], ['c0'], 0)
      swarm.connect('b', 0)
      swarm.haves('b', ['r'], [], 0)
      const actions = fault === 'disconnect' ? swarm.disconnect('a', 1) : swarm[fault]('a', 'c0', 1)
      expect(asked(actions)).toEqual({ b: ['c0'] })
    }
  })

  it('asks for all else before it insists on what a neighbour gave to another', () => {
    const left = chunks(6)
    const swarm = swarmWanting(() => left)
    swarm.connect('seed', 0)
    const first = asked(swarm.haves('seed', ['r'], [], 0))['seed'] ?? []
    expect(first).toHaveLength(AT_START)
    const [given = '', ...others] = first
    // Put off: another is asked for in its place.
    const instead = swarm.later('seed', given, 1)
    expect(instead.map(({ do: how }) => how)).toEqual(['want'])
    expect(asked(instead)['seed']).not.toContain(given)
    for (const cid of [...others, ...(asked(instead)['seed'] ?? [])]) {
      left.splice(
        left.findIndex((chunk) => chunk.cid === cid),
        1,
      )
      swarm.received('seed', cid, 2, MIB)
    }
    // The one who was given it offers it: it is asked of them.
    swarm.connect('peer', 3)
    expect(asked(swarm.haves('peer', [], [given], 3))).toEqual({ peer: [given] })
  })

  it('insists when nothing else is left to ask for, so that nothing waits for ever', () => {
    const swarm = swarmWanting(() => chunks(1))
    swarm.connect('seed', 0)
    swarm.haves('seed', ['r'], [], 0)
    // Whoever was given it may offer it any moment.
    expect(swarm.later('seed', 'c0', 1)).toEqual([])
    expect(swarm.tick(swarmLimits.insistAfterMs)).toEqual([])
    const insisted = swarm.tick(1 + swarmLimits.insistAfterMs)
    expect(insisted).toEqual([{ do: 'insist', neighbour: 'seed', cids: ['c0'] }])
    expect(swarm.isAwaited('seed', 'c0')).toBe(true)
  })

  it('plans once for all that comes at a time, when it is told to', () => {
    let asks = 0
    const swarm = new Swarm({
      wanted: () => [chunks(8)],
      random: () => 0.5,
      planSoon: () => {
        asks += 1
      },
    })
    swarm.connect('a', 0)
    expect(swarm.haves('a', ['r'], [], 0)).toEqual([])
    expect(asks).toBe(2)
    expect(asked(swarm.plan(0))['a']).toHaveLength(AT_START)
    expect(swarm.plan(0)).toEqual([])
  })

  it('asks a fast neighbour for more at a time than a slow one', () => {
    let next = 0
    const left = chunks(400)
    const swarm = swarmWanting(() => left)
    const alive = new Map<string, string[]>()
    const apply = (actions: readonly SwarmAction[] | null): void => {
      for (const { neighbour, cids } of actions ?? [])
        alive.set(neighbour, [...(alive.get(neighbour) ?? []), ...cids])
    }
    for (const id of ['fast', 'slow']) {
      swarm.connect(id, 0)
      apply(swarm.haves(id, ['r'], [], 0))
    }
    // One delivers a chunk every 20 ms, the other every second.
    for (let ms = 20; ms <= 3000; ms += 20) {
      for (const id of ms % 1000 === 0 ? ['fast', 'slow'] : ['fast']) {
        const cid = alive.get(id)?.shift()
        if (cid === undefined) continue
        next += 1
        left.splice(
          left.findIndex((chunk) => chunk.cid === cid),
          1,
        )
        apply(swarm.received(id, cid, ms, MIB))
      }
    }
    expect(next).toBeGreaterThan(140)
    expect(alive.get('slow')?.length).toBeLessThanOrEqual(AT_START)
    expect(alive.get('fast')?.length).toBeGreaterThan(4 * AT_START)
    expect(alive.get('fast')?.length).toBeLessThanOrEqual(windowLimits.mostBytes / MIB)
  })

  it('takes back what is no longer wanted', () => {
    const swarm = swarmWanting(() => chunks(2))
    swarm.connect('a', 0)
    swarm.haves('a', ['r'], [], 0)
    expect(swarm.drop(() => false)).toEqual([{ do: 'cancel', neighbour: 'a', cids: ['c0', 'c1'] }])
    expect(swarm.isAwaited('a', 'c0')).toBe(false)
  })

  it('fetches everything, whatever fails on the way, as long as somebody honest has it', () => {
    const faults = fc.array(
      fc.constantFrom('received', 'received', 'received', 'later', 'gone', 'bad', 'tick', 'reconnect'),
      {
        minLength: 200,
        maxLength: 200,
      },
    )
    fc.assert(
      fc.property(faults, (script) => {
        const left = new Map(chunks(12).map((chunk) => [chunk.cid, chunk]))
        const swarm = swarmWanting(() => [...left.values()])
        let now = 0
        const alive: { neighbour: string; cid: string }[] = []
        const apply = (actions: readonly SwarmAction[] | null): void => {
          for (const { do: what, neighbour, cids } of actions ?? []) {
            for (const cid of cids) {
              const at = alive.findIndex((request) => request.cid === cid && request.neighbour === neighbour)
              if (what === 'cancel') alive.splice(at, 1)
              else {
                expect(alive.some((request) => request.cid === cid)).toBe(false)
                alive.push({ neighbour, cid })
              }
            }
          }
        }
        const join = (id: string): void => {
          apply(swarm.connect(id, now))
          apply(swarm.haves(id, ['r'], [], now))
        }
        for (const id of ['honest', 'liar']) join(id)
        for (const step of script) {
          now += 500
          const request = alive[0]
          if (step === 'tick' || request === undefined) apply(swarm.tick(now))
          else if (step === 'reconnect') {
            const { neighbour } = request
            for (let i = alive.length - 1; i >= 0; i--)
              if (alive[i]?.neighbour === neighbour) alive.splice(i, 1)
            apply(swarm.disconnect(neighbour, now))
            join(neighbour)
          } else {
            alive.shift()
            const fault = request.neighbour === 'honest' && step !== 'later' ? 'received' : step
            if (fault === 'received') left.delete(request.cid)
            apply(swarm[fault](request.neighbour, request.cid, now, MIB))
          }
        }
        for (let i = 0; i < 400 && left.size > 0; i++) {
          now += 1000
          const request = alive.shift()
          if (request === undefined) apply(swarm.tick(now))
          else if (request.neighbour === 'honest') {
            left.delete(request.cid)
            apply(swarm.received('honest', request.cid, now, MIB))
          } else apply(swarm.gone('liar', request.cid, now))
        }
        expect([...left.keys()]).toEqual([])
      }),
    )
  })
})
