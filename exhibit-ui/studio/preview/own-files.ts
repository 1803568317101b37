/** Where code names files of its own folder, and putting other names in their place. Pure: text in, text out. */

/** Nobody's address: what stands for the folder of the work where code insists on an address. */
export const workBase = 'http://work.invalid/'

/**
 * The file of the work that is meant by what is written in one of its files; undefined for what is elsewhere.
 * @param from path of the file it is written in
 */
export function ownPath(from: string, written: string): string | undefined {
  if (/^\s*$|^\s*[#?]/.test(written)) return undefined
  try {
    const url = new URL(written, `${workBase}${from.split('/').map(encodeURIComponent).join('/')}`)
    return url.href.startsWith(workBase) ? decodeURIComponent(url.pathname.slice(1)) : undefined
  } catch {
    // No address at all: it stays as it is written.
    return undefined
  }
}

/** Gives the new name of a file, or undefined to leave what is written. */
export type Rename = (path: string) => string | undefined

/** Style: `url(…)` and `@import '…'` (CSS Values 4, section 4.5; CSS Cascade 5, section 2). */
export function styleWith(text: string, from: string, rename: Rename): string {
  const named = (written: string): string | undefined => {
    const path = ownPath(from, written)
    return path === undefined ? undefined : rename(path)
  }
  return text
    .replaceAll(/\burl\(\s*(["']?)([^"')]+)\1\s*\)/gi, (whole, _quote: string, written: string) => {
      const name = named(written.trim())
      return name === undefined ? whole : `url("${name}")`
    })
    .replaceAll(
      /(@import\s+)(["'])([^"']+)\2/gi,
      (whole, before: string, _quote: string, written: string) => {
        const name = named(written)
        return name === undefined ? whole : `${before}"${name}"`
      },
    )
}

/** Script: the relative specifiers of `import` and `export … from`, and `import.meta.url`. */
export function scriptWith(text: string, from: string, rename: Rename): string {
  return text
    .replaceAll(
      /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{0,2}\/[^"'\n]*)\2/g,
      (whole, before: string, quote: string, written: string) => {
        const path = ownPath(from, written)
        const name = path === undefined ? undefined : rename(path)
        return name === undefined ? whole : `${before}${quote}${name}${quote}`
      },
    )
    .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(`${workBase}${from}`))
}

/** Candidates of `srcset`: each an address and, perhaps, a descriptor (HTML, section 4.8.4.2.1). */
export function candidatesWith(text: string, from: string, rename: Rename): string {
  return text
    .split(/,\s+/)
    .map((candidate) => {
      const [written = '', ...rest] = candidate.trim().split(/\s+/)
      const path = ownPath(from, written)
      return [(path === undefined ? undefined : rename(path)) ?? written, ...rest].join(' ')
    })
    .join(', ')
}
