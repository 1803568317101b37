import { formatLimits } from '../../../artworks/format/limits.ts'
import { isFileName, isWorkPath, turnsDirection } from '../../../artworks/format/work-path.ts'
import type { Medium } from '../../../node/http/contract.ts'
import type { LocalFile } from '../send/hashed-work.ts'

export const studioLimits = Object.freeze({
  /** Files of one work that a browser takes; a work with more goes by the command line. */
  files: 20_000,
  /** Bytes of one work that are kept in the browser beside the artist's own copy, so that a closed tab loses nothing. */
  keptBytes: 1024 * 1024 * 1024,
  /** Bytes of one work: what a node takes, and a page can hash in reasonable time. */
  workBytes: 8 * 1024 * 1024 * 1024,
})

/** Why a file is not taken; the locales have a line for each. */
export type FileRefusal = 'name' | 'path' | 'twice' | 'too-many' | 'too-large' | 'link' | 'special' | 'bidi'

export interface RefusedFile {
  readonly path: string
  readonly why: FileRefusal
}

/** As in node/ingest/work-files.ts: what operating systems and tools leave in folders unasked. */
const LEFT_BEHIND =
  /(^|\/)(\.DS_Store|\.Spotlight-V100|\.Trashes|\.directory|\.fseventsd|\.git|Thumbs\.db|desktop\.ini|__MACOSX|\._[^/]*)(\/|$)/

export function isLeftBehind(path: string): boolean {
  return LEFT_BEHIND.test(path)
}

/** Why no work can have a file by this path; undefined when one can. */
export function refusalOfPath(path: string): FileRefusal | undefined {
  if (turnsDirection(path)) return 'bidi'
  if (!path.split('/').every(isFileName)) return 'name'
  return isWorkPath(path) ? undefined : 'path'
}

/** Names as the work gets them: one spelling of every accent, whatever system it was written on. */
export function tidyPath(path: string): string {
  return path.normalize('NFC').replaceAll(/^\/+|\/+$/g, '')
}

export interface AddedFiles {
  readonly files: readonly LocalFile[]
  readonly refused: readonly RefusedFile[]
}

/** Adds files to those there are: a file by the same path takes the place of the one before. Nothing is taken half. */
export function addFiles(before: readonly LocalFile[], more: readonly LocalFile[]): AddedFiles {
  const files = new Map(before.map((file) => [file.path, file]))
  const refused: RefusedFile[] = []
  for (const { path: given, blob } of more) {
    const path = tidyPath(given)
    if (isLeftBehind(path)) continue
    const why = refusalOfPath(path)
    if (why !== undefined) refused.push({ path: given, why })
    else if (files.size >= studioLimits.files && !files.has(path)) refused.push({ path, why: 'too-many' })
    else files.set(path, { path, blob })
  }
  const list = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  // A name that is a file and also a folder of another file.
  const paths = new Set(files.keys())
  const clash = list.find(({ path }) => parentsOf(path).some((parent) => paths.has(parent)))
  if (clash !== undefined) return { files: before, refused: [...refused, { path: clash.path, why: 'twice' }] }
  if (list.reduce((sum, { blob }) => sum + blob.size, 0) > studioLimits.workBytes) {
    return { files: before, refused: [...refused, { path: '', why: 'too-large' }] }
  }
  return { files: list, refused }
}

/** A folder that holds everything is the work itself: `my work/index.html` becomes `index.html`. */
export function withoutCommonFolder(files: readonly LocalFile[]): LocalFile[] {
  const kept = files.filter(({ path }) => !isLeftBehind(path))
  const [first] = kept
  const folder = first?.path.includes('/') === true ? first.path.slice(0, first.path.indexOf('/') + 1) : ''
  if (folder === '' || !kept.every(({ path }) => path.startsWith(folder))) return [...kept]
  return withoutCommonFolder(kept.map(({ path, blob }) => ({ path: path.slice(folder.length), blob })))
}

function parentsOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'))
}

const endings: readonly (readonly [Medium, RegExp])[] = [
  ['image', /\.(png|jpe?g|webp|gif|avif|svg)$/i],
  ['video', /\.(mp4|m4v|webm|mov|mkv|ogv)$/i],
  ['audio', /\.(mp3|m4a|aac|ogg|opus|wav|flac)$/i],
  ['interactive', /\.html?$/i],
  ['pdf', /\.pdf$/i],
  ['model', /\.(glb|gltf)$/i],
  ['text', /\.(md|markdown|txt)$/i],
]

export function kindOfPath(path: string): Medium | undefined {
  return endings.find(([, ending]) => ending.test(path))?.[0]
}

export const isCaptions = (path: string): boolean => /\.vtt$/i.test(path)

/** What the files look like, for the artist to confirm: the medium, the file it begins with, a poster, captions. */
export function guessWork(paths: readonly string[]): {
  medium: Medium | ''
  entry: string
  poster: string
  captions: { lang: string; path: string }[]
} {
  const of = (medium: Medium): string[] => paths.filter((path) => kindOfPath(path) === medium)
  const captions = paths.filter(isCaptions).map((path) => ({ lang: languageOfPath(path), path }))
  const posters = of('image').filter((path) => /(^|\/)(poster|cover|omslag)\.\w+$/i.test(path))
  const images = of('image').filter((path) => !posters.includes(path))
  const page = of('interactive')
  const index = page.find((path) => /^index\.html?$/i.test(path)) ?? page[0]
  const found = (medium: Medium, entry: string, poster = posters[0] ?? '') => ({
    medium,
    entry,
    poster,
    captions,
  })
  if (index !== undefined) return found('interactive', index)
  for (const medium of ['video', 'audio'] as const) {
    const [first] = of(medium)
    if (first !== undefined) return found(medium, first, posters[0] ?? images[0] ?? '')
  }
  for (const medium of ['model', 'pdf', 'text'] as const) {
    const [first] = of(medium)
    if (first !== undefined) return found(medium, first, posters[0] ?? images[0] ?? '')
  }
  const [picture] = images.length > 0 ? images : posters
  if (picture === undefined) return { medium: '', entry: '', poster: '', captions }
  return images.length > 1 ? found('images', picture) : found('image', picture)
}

/** `film.nl.vtt` is Dutch; what a name does not say is asked. */
function languageOfPath(path: string): string {
  return /[.\-_](nl|en|de|fr|es|tr|ar|pl|uk)\.vtt$/i.exec(path)?.[1]?.toLowerCase() ?? 'nl'
}

export function totalBytes(files: readonly { readonly blob: Blob }[]): number {
  return files.reduce((sum, { blob }) => sum + blob.size, 0)
}

export const nodeTakesBytes = formatLimits.artworkBytes
