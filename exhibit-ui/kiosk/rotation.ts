import type { ArtworkSummary } from '../../node/http/contract.ts'
import { workKey } from '../model/gallery-state.ts'
import { languages } from '../model/language.ts'
import type { Language } from '../model/language.ts'
import type { KioskSettings } from './kiosk-settings.ts'

/** A video may stay this long past its turn. */
export const longestStayMs = 600_000

/** What hangs on the screen, and since when. Times are of a steady clock, in milliseconds. */
export interface Rotation {
  readonly works: readonly ArtworkSummary[]
  /** Key of the work that is shown; empty when there is none. */
  readonly shown: string
  readonly sinceMs: number
  /** Counts the works shown: with it the languages alternate. */
  readonly turn: number
  /** A visitor has started the work, and was last felt at `touchedMs`. */
  readonly started: boolean
  readonly touchedMs: number
  readonly paused: boolean
  /** The work asks to stay until it ends: a video that plays. */
  readonly playing: boolean
}

export const emptyRotation: Rotation = {
  works: [],
  shown: '',
  sinceMs: 0,
  turn: 0,
  started: false,
  touchedMs: 0,
  paused: false,
  playing: false,
}

export type KioskEvent =
  | { readonly kind: 'works'; readonly works: readonly ArtworkSummary[] }
  | { readonly kind: 'tick' }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'start' }
  | { readonly kind: 'touch' }
  | { readonly kind: 'close' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'playing'; readonly isPlaying: boolean }

/** The works a screen shows: those that are all here and chosen, in the order they were named or hang. */
export function chosenWorks(
  works: readonly ArtworkSummary[],
  { works: slugs, track }: KioskSettings,
): ArtworkSummary[] {
  const here = works.filter((work) => work.progress.complete && (track ?? work.track) === work.track)
  if (slugs.length === 0) return here
  return slugs.flatMap((slug) => here.filter((work) => work.slug === slug))
}

export function rotate(state: Rotation, event: KioskEvent, nowMs: number, settings: KioskSettings): Rotation {
  switch (event.kind) {
    case 'works':
      return withWorks(state, event.works, nowMs)
    case 'step':
      return move(state, event.by, nowMs)
    case 'start':
      return { ...state, started: true, touchedMs: nowMs }
    case 'touch':
      return state.started ? { ...state, touchedMs: nowMs } : state
    case 'close':
      return state.started ? { ...state, started: false, sinceMs: nowMs, playing: false } : state
    case 'pause':
      return { ...state, paused: !state.paused, sinceMs: nowMs }
    case 'playing':
      return state.playing === event.isPlaying ? state : { ...state, playing: event.isPlaying }
    case 'tick':
      return ticked(state, nowMs, settings)
  }
}

/** Nothing changes when nothing is due: the same object comes back, and the page draws nothing. */
function ticked(state: Rotation, nowMs: number, { seconds, idleSeconds }: KioskSettings): Rotation {
  if (state.started) {
    return nowMs - state.touchedMs >= idleSeconds * 1000
      ? move({ ...state, started: false }, 1, nowMs)
      : state
  }
  const shownMs = nowMs - state.sinceMs
  if (state.paused || shownMs < seconds * 1000) return state
  if (state.playing && shownMs < longestStayMs) return state
  return move(state, 1, nowMs)
}

function move(state: Rotation, by: 1 | -1, nowMs: number): Rotation {
  const { works } = state
  const at = works.findIndex((work) => workKey(work) === state.shown)
  const next = works[(Math.max(0, at) + by + works.length) % Math.max(1, works.length)]
  return {
    ...state,
    shown: next === undefined ? '' : workKey(next),
    sinceMs: nowMs,
    turn: state.turn + 1,
    started: false,
    playing: false,
  }
}

/** A work that is withdrawn leaves at once; any other change leaves what is shown in its place. */
function withWorks(state: Rotation, works: readonly ArtworkSummary[], nowMs: number): Rotation {
  const before = state.works.find((work) => workKey(work) === state.shown)
  const still = works.find((work) => workKey(work) === state.shown)
  if (still !== undefined) return { ...state, works, started: state.started && still.root === before?.root }
  const at = state.works.findIndex((work) => workKey(work) === state.shown)
  const next = works[Math.max(0, at) % Math.max(1, works.length)]
  return {
    ...state,
    works,
    shown: next === undefined ? '' : workKey(next),
    sinceMs: nowMs,
    started: false,
    playing: false,
  }
}

export function languageOf({ turn }: Rotation, { language, alternate }: KioskSettings): Language {
  if (!alternate) return language
  const first = languages.indexOf(language)
  return languages[(first + turn) % languages.length] ?? language
}
