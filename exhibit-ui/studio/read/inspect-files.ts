import { hasContentCredentials } from '../../../artworks/format/content-credentials.ts'
import { kindOfPath } from '../model/work-file-list.ts'
import type { LocalFile } from '../send/hashed-work.ts'
import { kindBytes, foundKind, lieOf } from './file-kind.ts'

/** Something a visitor's browser would not show, or an artist may want to know; the locales have a line for each. */
export type MediaNote =
  | { kind: 'lying'; path: string; found: string }
  | { kind: 'unplayable'; path: string; what: string }
  | { kind: 'unknown'; path: string }
  | { kind: 'heic' | 'tiff'; path: string }
  /** No fault: Content Credentials are in it, and stay. */
  | { kind: 'credentials'; path: string }

/** Files of these are looked into, beginning with the largest: enough to warn in time. */
const MOST_LOOKED_AT = 200

/** Looks into pictures, sound and film before anything is sent. */
export async function inspectFiles(files: readonly LocalFile[]): Promise<MediaNote[]> {
  const notes: MediaNote[] = []
  const candidates = files.toSorted((a, b) => b.blob.size - a.blob.size).slice(0, MOST_LOOKED_AT)
  for (const { path, blob } of candidates) {
    const read = async (at: number, length: number): Promise<Uint8Array> =>
      new Uint8Array(await blob.slice(at, at + length).arrayBuffer())
    const bytes = await read(0, kindBytes)
    if (await hasContentCredentials(read)) notes.push({ kind: 'credentials', path })
    const found = foundKind(bytes)
    if (found === 'heic' || found === 'tiff') notes.push({ kind: found, path })
    else {
      const lie = lieOf(path, bytes)
      const kind = kindOfPath(path)
      if (lie === '?') notes.push({ kind: 'unknown', path })
      else if (lie !== undefined) notes.push({ kind: 'lying', path, found: lie })
      else if (kind === 'audio' || kind === 'video') {
        const note = await playNote(path, blob)
        if (note !== undefined) notes.push(note)
      }
    }
  }
  return notes
}

/** Container and codecs are read by mediabunny; whether they play is asked of the browser. */
async function playNote(path: string, blob: Blob): Promise<MediaNote | undefined> {
  const media = await mediaTypeOf(blob)
  if (media === undefined) return { kind: 'unknown', path }
  const element = document.createElement('video')
  return element.canPlayType(media) === '' ? { kind: 'unplayable', path, what: media } : undefined
}

async function mediaTypeOf(blob: Blob): Promise<string | undefined> {
  const { ADTS, BlobSource, FLAC, Input, MATROSKA, MP3, MP4, OGG, QTFF, WAVE, WEBM } =
    await import('mediabunny')
  const input = new Input({
    source: new BlobSource(blob),
    formats: [MP4, QTFF, WEBM, MATROSKA, OGG, MP3, WAVE, FLAC, ADTS],
  })
  try {
    return await input.getMimeType()
  } catch {
    // No container that it knows.
    return undefined
  } finally {
    input.dispose()
  }
}

/** Pixels of a picture or film, seconds of a film or sound: what the entry of the work measures, as the browser has it. */
export async function measure(
  path: string,
  blob: Blob,
): Promise<{ dimensions?: { width: number; height: number }; durationSeconds?: number }> {
  const kind = kindOfPath(path)
  if (kind === 'image') {
    try {
      const { width, height } = await createImageBitmap(blob)
      return { dimensions: { width, height } }
    } catch {
      // SVG without a size, or a picture that does not open: `inspectFiles` says so where it matters.
      return {}
    }
  }
  if (kind !== 'video' && kind !== 'audio') return {}
  const element = document.createElement(kind)
  const url = URL.createObjectURL(blob)
  try {
    const isThere = await new Promise<boolean>((resolve) => {
      element.addEventListener('loadedmetadata', () => resolve(true))
      element.addEventListener('error', () => resolve(false))
      element.preload = 'metadata'
      element.src = url
    })
    if (!isThere) return {}
    const [width, height] =
      element instanceof HTMLVideoElement ? [element.videoWidth, element.videoHeight] : [0, 0]
    return {
      ...(width > 0 && height > 0 ? { dimensions: { width, height } } : {}),
      ...(Number.isFinite(element.duration)
        ? { durationSeconds: Math.round(element.duration * 10) / 10 }
        : {}),
    }
  } finally {
    element.removeAttribute('src')
    URL.revokeObjectURL(url)
  }
}
