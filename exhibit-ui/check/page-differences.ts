import type { ArtworkDetail } from '../../node/http/contract.ts'
import type { Manifest } from '../../artworks/format/records.ts'

/** Names of what a page says of a work and its artist did not sign; empty when all is as it was signed. */
export function pageDifferences(page: Omit<ArtworkDetail, 'progress'>, signed: Manifest): string[] {
  const root = signed.root.toString()
  const at = (path: string): string => `/works/${root}/${path.split('/').map(encodeURIComponent).join('/')}`
  const pairs: [string, unknown, unknown][] = [
    ['root', page.root, root],
    ['slug', page.slug, signed.slug],
    ['version', page.sequence, signed.sequence],
    ['title', page.title, signed.title],
    ['maker', page.maker, signed.maker],
    ['statement', page.statement, signed.statement],
    ['track', page.track, signed.track],
    ['medium', page.medium, signed.medium],
    ['year', page.year, signed.year],
    ['technique', page.technique, signed.technique],
    ['licence', page.licence, signed.licence],
    ['alt', page.alt, signed.alt],
    ['transcript', page.transcript, signed.transcript],
    ['entry', [page.entry.url, page.entry.path], [at(signed.entry), signed.entry]],
    ['poster', page.poster, signed.poster && { url: at(signed.poster.path), alt: signed.poster.alt }],
    ['captions', page.captions, (signed.captions ?? []).map(({ lang, path }) => ({ lang, url: at(path) }))],
    ['credits', page.credits, signed.credits ?? []],
    ['warnings', page.warnings, signed.warnings ?? []],
    ['date', page.provenance.claimed, signed.claimed],
  ]
  return pairs.filter(([, shown, meant]) => plain(shown) !== plain(meant)).map(([name]) => name)
}

/** One text for one value, whatever the order of its keys; what is absent is absent. */
function plain(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}
