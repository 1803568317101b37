/** What a page of the gallery shows first, as its address says it. The gallery's own `parseRoute` knows the rest. */
export type PagePlace =
  | { readonly page: 'welcome' | 'works' | 'artist' | 'mesh' | 'about' | 'decisions' | 'values' | 'unknown' }
  | { readonly page: 'work'; readonly artist: string; readonly slug: string }

const named: ReadonlyMap<string, PagePlace> = new Map(
  (['works', 'mesh', 'about', 'decisions', 'values'] as const).map((page) => [page, { page }]),
)
const workPath = /^works\/(did:key:z\w{1,60})\/([\w.-]{1,128})\/?$/

/** @param path of the address below its language, without a query */
export function placeOf(path: string): PagePlace {
  if (path === '') return { page: 'welcome' }
  const [, artist, slug] = workPath.exec(path) ?? []
  if (artist !== undefined && slug !== undefined) return { page: 'work', artist, slug }
  if (/^artists\/[^/]+\/?$/.test(path)) return { page: 'artist' }
  return named.get(path.replace(/\/$/, '')) ?? { page: 'unknown' }
}
