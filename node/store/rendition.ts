/** Smaller versions of the images of shown works: what can be asked for, and within what bounds. */

/**
 * Widths in pixels; an image that is narrower comes in its own width. A browser takes the narrowest that is no narrower than its place, so
 * those for phones are a little broader than their screens: 728 for 360 points at two pixels a point and 412 at 1.75, 800 for 390 and
 * 400 at two, 1088 for 360 at three and 412 at 2.625.
 */
export const renditionWidths = [320, 480, 728, 800, 1088, 1600, 2560] as const
/** What one phone asks for, others soon ask for in their own width. */
export const phoneWidths: readonly RenditionWidth[] = [728, 800, 1088]
export type RenditionWidth = (typeof renditionWidths)[number]

export type RenditionFormat = 'avif' | 'webp' | 'jpeg'

export const renditionLimits = Object.freeze({
  /** An original that is larger is shown as it is. */
  sourceBytes: 48 * 1024 * 1024,
  /** Decoded, four bytes each: what the process that makes them may need at once. */
  sourcePixels: 40_000_000,
  renditionBytes: 8 * 1024 * 1024,
  /** All that is kept on the disk; what was not used for longest goes first. */
  cacheBytes: 256 * 1024 * 1024,
  /** Small ones are kept in memory too. */
  memoryBytes: 4 * 1024 * 1024,
  memoryEntryBytes: 96 * 1024,
  /** Asked for by visitors and not made yet; beyond it the original is shown. */
  queued: 32,
  /** A better format of what a visitor has seen, made when nobody waits. */
  queuedLater: 64,
  /** A visitor waits this long, then sees the original; it is made all the same, for the next. */
  waitMs: 3_000,
  /** Making one takes no longer than this, or is ended. */
  makeMs: 30_000,
  /** The process that makes them ends when there was nothing to do for so long, and its memory is free again. */
  idleMs: 15_000,
  /** And after so many, whatever it leaked. */
  madePerProcess: 200,
  /** What failed is not tried again while so many others are remembered. */
  failuresKept: 512,
  /** AVIF takes ten times as long to make as WebP: not beyond this width. */
  avifWidth: 1600,
})

export type RenditionLimits = { readonly [K in keyof typeof renditionLimits]: number }

export interface RenditionRequest {
  /** Of the shown work the image belongs to. */
  readonly root: string
  /** CID of the original. */
  readonly cid: string
  /** Bytes of the original. */
  readonly size: number
  readonly width: RenditionWidth
  /** Formats the visitor's browser takes. */
  readonly formats: ReadonlySet<RenditionFormat>
  /** The verified bytes of the original, `size` in all, read when they are needed. */
  readonly source: (signal: AbortSignal) => AsyncIterable<Uint8Array>
}

export interface Rendition {
  readonly format: RenditionFormat
  readonly bytes: Uint8Array
}

/** Where renditions come from; null where the original is to be shown: there is none now, or there cannot be one. */
export interface RenditionSource {
  get(request: RenditionRequest): Promise<Rendition | null>
}

export function isRenditionWidth(width: number): width is RenditionWidth {
  return (renditionWidths as readonly number[]).includes(width)
}
