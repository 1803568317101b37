import type { RenditionWidth } from '../../node/http/contracts/renditions.ts'

const widths: readonly RenditionWidth[] = [320, 480, 728, 800, 1088, 1600, 2560]
/** More than this nobody sees on so few centimetres, however many pixels a phone has there: the original is a tap away. */
const phoneWidth: RenditionWidth = 1088
const workFile = /^\/works\/([^/]+)\/(.+\.(?:jpe?g|png|webp|avif))$/i

/** The `srcset` of an image of a work, or undefined for one that comes as it is. @param url as in the contract: `/works/{root}/{path}` */
export function renditionsOf(url: string): string | undefined {
  const [, root, path] = workFile.exec(url) ?? []
  if (root === undefined || path === undefined) return undefined
  return candidates(widths, root, path)
}

/** Those of them that a phone chooses between. */
export function phoneRenditionsOf(url: string): string | undefined {
  const [, root, path] = workFile.exec(url) ?? []
  if (root === undefined || path === undefined) return undefined
  return candidates(
    widths.filter((width) => width <= phoneWidth),
    root,
    path,
  )
}

function candidates(of: readonly RenditionWidth[], root: string, path: string): string {
  return of.map((width) => `${renditionAt(root, width, path)} ${width}w`).join(', ')
}

/** `sizes` of a picture that hangs as large as the screen allows: as broad as that, unless it is as high before. */
export function placeOfPicture({ width, height }: { width: number; height: number }): string {
  return `min(100vw, ${Math.ceil((100 * width) / height)}vh)`
}

/** One width of it, for where a `srcset` cannot be used; the image itself where it has no renditions. */
export function renditionUrl(url: string, width: RenditionWidth): string {
  const [, root, path] = workFile.exec(url) ?? []
  return root === undefined || path === undefined ? url : renditionAt(root, width, path)
}

function renditionAt(root: string, width: RenditionWidth, path: string): string {
  // A comma would end the candidate in a `srcset`.
  return `/renditions/${root}/${width}/${path.replaceAll(',', '%2C')}`
}
