import type { MeshHealthView, TimelineView } from '../../../node/http/contracts/tech.ts'

/** An event with when it was by this page's own steady clock, so that it ages without being asked for again. */
export interface TimelineEntry extends TimelineView {
  readonly atMs: number
}

export const timelineLimit = 250

/** Adds what is new; starts afresh when the node did. Newest first, bounded. */
export function withNews(
  known: readonly TimelineEntry[],
  before: string | undefined,
  view: Pick<MeshHealthView, 'run' | 'timeline'>,
  nowMs: number,
): readonly TimelineEntry[] {
  const kept = before === view.run ? known : []
  const lastId = kept[0]?.id ?? 0
  const news = view.timeline
    .filter(({ id }) => id > lastId)
    .map((event) => ({ ...event, atMs: nowMs - event.secondsAgo * 1000 }))
    .toReversed()
  return news.length === 0 ? kept : [...news, ...kept].slice(0, timelineLimit)
}
