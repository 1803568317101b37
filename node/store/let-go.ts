import type { Catalogue } from '../../artworks/format/catalogue.ts'

/**
 * Works that their artists withdrew and of which no version's root is on this disk, but as part of what is shown or waits.
 * @returns `did/slug` each, in the catalogue's order
 */
export function worksLetGo(
  catalogue: Catalogue,
  isHere: (root: string) => boolean,
  isKept: (root: string) => boolean,
): string[] {
  return catalogue
    .artworks()
    .filter(({ standing, versions }) => {
      if (standing !== 'withdrawn') return false
      return versions.every(({ body }) => {
        const root = body.root.toString()
        return !isHere(root) || isKept(root)
      })
    })
    .map(({ artist, slug }) => `${artist}/${slug}`)
}
