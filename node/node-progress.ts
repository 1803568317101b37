import type { JoinProgress } from './found-or-join.ts'

export interface WorkCounts {
  readonly complete: number
  readonly total: number
  /** Of all works that are shown, together. */
  readonly chunks: { readonly have: number; readonly total: number }
}

/** What a node tells whoever started it, as it happens. */
export interface NodeProgress extends JoinProgress {
  hanging(slug: string, index: number, total: number): void
  reading(slug: string, bytesRead: number, bytesTotal: number): void
  /** What is here, or what is shown, changed; and once at the start. At most once a second. */
  works(counts: WorkCounts): void
}
