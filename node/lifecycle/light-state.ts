/** What the board's light says; one word each, as the firmware's patterns know them (docs/technicians.md). */
export type LightState = 'booting' | 'alone' | 'replicating' | 'in-mesh' | 'fault'

export interface LightFacts {
  /** Nodes it is connected to. */
  readonly neighbours: number
  /** Works that are shown, and those of them that are here whole. */
  readonly works: { readonly complete: number; readonly total: number }
  readonly diskFull: boolean
  /** Milliseconds of a clock that never jumps. */
  readonly nowMs: number
}

export interface Light {
  readonly state: LightState
  /** Since when nothing was missing, or null. */
  readonly wholeSinceMs: number | null
}

export const lightLimits = Object.freeze({
  /** Works come one by one: only when nothing was missing for so long is it all here. */
  settleMs: 3000,
})

export const firstLight: Light = { state: 'booting', wholeSinceMs: null }

/** What the light says next. The worst that is true wins: who looks at it should see what to do. */
export function nextLight(light: Light, { neighbours, works, diskFull, nowMs }: LightFacts): Light {
  const isWhole = works.complete >= works.total
  const wholeSinceMs = isWhole ? (light.wholeSinceMs ?? nowMs) : null
  const isSettled = wholeSinceMs !== null && nowMs - wholeSinceMs >= lightLimits.settleMs
  if (diskFull) return { state: 'fault', wholeSinceMs }
  if (neighbours === 0) return { state: 'alone', wholeSinceMs }
  // What was whole stays so until something is missing; what was not waits a moment.
  const wasWhole = light.state === 'in-mesh' || light.state === 'alone'
  return { state: isWhole && (isSettled || wasWhole) ? 'in-mesh' : 'replicating', wholeSinceMs }
}
