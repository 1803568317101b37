import type { RenditionWidth } from '../../store/rendition.ts'

const workFile = /^\/works\/([^/]+)\/(.+\.(?:jpe?g|png|webp|avif))$/i

/** A smaller version of an image of a work, in a format the browser knows; the image itself where it has none. */
export function renditionPath(url: string, width: RenditionWidth): string {
  const [, root, path] = workFile.exec(url) ?? []
  return root === undefined || path === undefined ? url : `/renditions/${root}/${width}/${path}`
}
