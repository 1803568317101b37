import type { ArtworkDetail } from '../../../node/http/contract.ts'
import type { Draft } from './draft.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
  pdf: 'application/pdf',
  glb: 'model/gltf-binary',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  svg: 'image/svg+xml',
}

/** Where a node answers with the frame for works of code (node/http/routes/preview-frame.ts). */
const previewFrame = '/preview-frame'

/** A draft in the form the gallery's viewers take a work. @param urls of its files, by path */
export function previewOf(draft: Draft, urls: ReadonlyMap<string, string>): ArtworkDetail {
  const urlOf = (path: string): string => urls.get(path) ?? ''
  const typeOf = (path: string): string =>
    mediaTypes[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
  const { poster, dimensions, durationSeconds } = draft
  return {
    artist: draft.did,
    slug: draft.slug,
    sequence: 1,
    manifest: '',
    // The seal is of the finished work; here it stands for none.
    root: draft.id,
    title: draft.title,
    maker: draft.maker,
    track: draft.track || 'public-ai',
    medium: draft.medium || 'text',
    ...(poster === '' ? {} : { poster: { url: urlOf(poster), alt: draft.posterAlt } }),
    alt: draft.alt,
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(dimensions === undefined ? {} : { dimensions }),
    warnings: [],
    licence: draft.licence,
    size: 0,
    progress: { have: 1, total: 1, complete: true, cells: '1'.repeat(36), from: [] },
    statement: draft.statement,
    credits: [],
    captions: draft.captions.map(({ lang, path }) => ({ lang, url: urlOf(path) })),
    ...(draft.transcript.nl === '' && draft.transcript.en === '' ? {} : { transcript: draft.transcript }),
    entry: {
      // A frame that is handed the files: only an answer of the node can close code off from everything.
      url: draft.medium === 'interactive' ? previewFrame : urlOf(draft.entry),
      path: draft.entry,
      mediaType: typeOf(draft.entry),
    },
    files: draft.files
      .filter(({ path }) => urls.has(path))
      .map(({ path, size }) => {
        const alt = draft.pictures[path]
        return {
          path,
          size,
          url: urlOf(path),
          mediaType: typeOf(path),
          ...(alt === undefined ? {} : { alt }),
        }
      }),
    versions: [],
    provenance: { artist: draft.did, fingerprint: '', intakeNode: null, admittedBy: [] },
  }
}
