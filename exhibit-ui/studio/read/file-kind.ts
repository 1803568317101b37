/** What the first bytes of a file say it is, whatever its name says. */
export type FoundKind =
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'pdf'
  | 'zip'
  | 'html'
  | 'mp4'
  | 'webm'
  | 'ogg'
  | 'mp3'
  | 'wav'
  | 'flac'
  | 'program'

/** How many bytes `foundKind` looks at. */
export const kindBytes = 512

const text = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

const starts: readonly (readonly [FoundKind, (bytes: Uint8Array) => boolean])[] = [
  ['png', (bytes) => text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['jpeg', (bytes) => text(bytes, 0, 3) === '\xff\xd8\xff'],
  ['gif', (bytes) => /^GIF8[79]a$/.test(text(bytes, 0, 6))],
  ['webp', (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP'],
  ['wav', (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WAVE'],
  ['avif', (bytes) => /^ftypavi[fs]$/.test(text(bytes, 4, 12))],
  ['heic', (bytes) => /^ftyp(hei[cxms]|hev[cx]|mif1|msf1)$/.test(text(bytes, 4, 12))],
  ['mp4', (bytes) => text(bytes, 4, 8) === 'ftyp'],
  ['tiff', (bytes) => /^(II\*\0|MM\0\*)$/.test(text(bytes, 0, 4))],
  ['pdf', (bytes) => text(bytes, 0, 5) === '%PDF-'],
  ['zip', (bytes) => text(bytes, 0, 4) === 'PK\x03\x04'],
  ['webm', (bytes) => text(bytes, 0, 4) === '\x1aE\xdf\xa3'],
  ['ogg', (bytes) => text(bytes, 0, 4) === 'OggS'],
  ['flac', (bytes) => text(bytes, 0, 4) === 'fLaC'],
  ['mp3', (bytes) => text(bytes, 0, 3) === 'ID3' || /^\xff[\xe2-\xff]$/.test(text(bytes, 0, 2))],
  ['program', (bytes) => /^(MZ|\x7fELF)/.test(text(bytes, 0, 4))],
  ['html', (bytes) => /^\s*(<!doctype html|<html|<script|<head|<body)/i.test(text(bytes, 0, kindBytes))],
]

export function foundKind(bytes: Uint8Array): FoundKind | undefined {
  return starts.find(([, matches]) => matches(bytes))?.[0]
}

const endings: readonly (readonly [RegExp, readonly FoundKind[]])[] = [
  [/\.png$/i, ['png']],
  [/\.jpe?g$/i, ['jpeg']],
  [/\.gif$/i, ['gif']],
  [/\.webp$/i, ['webp']],
  [/\.avif$/i, ['avif']],
  [/\.pdf$/i, ['pdf']],
  [/\.(mp4|m4v|m4a|mov)$/i, ['mp4']],
  [/\.(webm|mkv)$/i, ['webm']],
  [/\.(ogg|opus|ogv)$/i, ['ogg']],
  [/\.mp3$/i, ['mp3']],
  [/\.wav$/i, ['wav']],
  [/\.flac$/i, ['flac']],
]

/** What a file really is, where that is not what its name says: visitors' browsers go by the name. */
export function lieOf(path: string, bytes: Uint8Array): string | undefined {
  const expected = endings.find(([ending]) => ending.test(path))?.[1]
  const found = foundKind(bytes)
  if (expected === undefined) return undefined
  if (found === undefined) {
    // An old QuickTime file begins with its movie, and a raw MP3 or AAC frame with anything.
    return /\.(mov|mp3)$/i.test(path) ? undefined : '?'
  }
  return expected.includes(found) ? undefined : found.toUpperCase()
}
