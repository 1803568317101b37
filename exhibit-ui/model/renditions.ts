import type { RenditionWidth } from '../../node/http/contracts/renditions.ts'

const widths: readonly RenditionWidth[] = [320, 480, 800, 1080, 1600, 2560]
const workFile = /^\/works\/([^/]+)\/(.+\.(?:jpe?g|png|webp|avif))$/i

/** The `srcset` of an image of a work, or undefined for one that comes as it is. @param url as in the contract: `/works/{root}/{path}` */
export function renditionsOf(url: string): string | undefined {
  const [, root, path] = workFile.exec(url) ?? []
  if (root === undefined || path === undefined) return undefined
  return widths.map((width) => `${renditionAt(root, width, path)} ${width}w`).join(', ')
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
