import type { ArtworkDetail, LanguageMap } from '../../node/http/contract.ts'

/** The images of a series: those beside its entry, by name as a person counts (2 before 10), without the poster. */
export function seriesOf(
  work: Pick<ArtworkDetail, 'files' | 'entry' | 'poster'>,
): { path: string; url: string; alt?: LanguageMap }[] {
  const folder = work.entry.path.slice(0, work.entry.path.lastIndexOf('/') + 1)
  const images = work.files.filter(
    (file) =>
      file.mediaType.startsWith('image/') &&
      file.path.startsWith(folder) &&
      !file.path.slice(folder.length).includes('/') &&
      (file.url !== work.poster?.url || file.path === work.entry.path),
  )
  if (images.length === 0) return [work.entry]
  return [...images].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
}
