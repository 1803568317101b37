import { writeFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import { atMostEvery } from './lifecycle/at-most-every.ts'
import type { NodeEventBus } from './lifecycle/events.ts'
import { firstLight, lightLimits, nextLight } from './lifecycle/light-state.ts'
import type { MeshState } from './store/mesh-state.ts'

const LOOK_EVERY_MS = 500

export interface StatusLightInit {
  /** A file in memory that the board's light follows; absent: there is no light. */
  readonly path: string | undefined
  readonly events: NodeEventBus
  readonly state: MeshState
  readonly works: () => { readonly complete: number; readonly total: number }
  readonly steadyNowMs: () => number
  readonly logger: Logger
}

/** Writes one word whenever what the light should say changes. @returns what stops it */
export function startStatusLight(init: StatusLightInit): () => Promise<void> {
  const { path, events, state, works, steadyNowMs, logger } = init
  if (path === undefined) return async () => undefined
  let light = firstLight
  let said: string = light.state
  let settling: NodeJS.Timeout | undefined
  let identifying: NodeJS.Timeout | undefined
  let written: Promise<void> = Promise.resolve()
  const say = (word: string): void => {
    if (word === said) return
    said = word
    // One after the other: the last word stays. A light that fails is no reason for a node to fail.
    written = written
      .then(() => writeFile(path, `${word}\n`))
      .catch((err: unknown) => logger.debug({ err }, 'no status light'))
  }
  const look = (): void => {
    const neighbours = [...state.peers.values()].filter(({ neighbour }) => neighbour).length
    const next = nextLight(light, {
      neighbours,
      works: works(),
      diskFull: state.diskFull,
      nowMs: steadyNowMs(),
    })
    light = next
    const identifyMs = state.identifyUntilMs - steadyNowMs()
    clearTimeout(identifying)
    if (identifyMs > 0) identifying = setTimeout(look, identifyMs)
    clearTimeout(settling)
    if (next.state === 'replicating' && next.wholeSinceMs !== null)
      settling = setTimeout(look, lightLimits.settleMs)
    say(identifyMs > 0 ? 'identify' : light.state)
  }
  const { ask, cancel } = atMostEvery(LOOK_EVERY_MS, look)
  const names = ['mesh', 'progress', 'catalogue'] as const
  for (const name of names) events.on(name, ask)
  look()
  return async () => {
    cancel()
    clearTimeout(settling)
    clearTimeout(identifying)
    for (const name of names) events.off(name, ask)
    // A node that is stopped is not the one that a technician looks for.
    say(light.state)
    await written
  }
}
