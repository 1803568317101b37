import type { ArtworkSummary } from '../../node/http/contract.ts'

type Hung = Pick<ArtworkSummary, 'medium' | 'dimensions' | 'warnings' | 'progress'>

/** Broader than this, and the label hangs below the work instead of beside it. */
const broad = 1.3

/** Whether a work takes the whole breadth of the wall. */
export function hangsWide(work: Hung): boolean {
  if (!work.progress.complete) return false
  switch (work.medium) {
    case 'video':
    case 'interactive':
      return work.dimensions === undefined || work.dimensions.width / work.dimensions.height > broad
    case 'image':
    case 'images':
      return work.dimensions !== undefined && work.dimensions.width / work.dimensions.height > broad
    case 'audio':
    case 'text':
    case 'model':
    case 'pdf':
      return false
  }
}

/**
 * Whether a poster may stand for the work before the visitor has been asked. A poster can hold the very thing that is
 * warned of; then the seal stands in its place.
 */
export function showsPoster(work: Hung): boolean {
  return work.warnings.every((warning) => warning.kind === 'sound')
}

/** Whether a visitor is asked first: before code runs, and before anything the maker warns of. */
export function needsAsking(work: Hung): boolean {
  return work.medium === 'interactive' || work.warnings.length > 0
}
