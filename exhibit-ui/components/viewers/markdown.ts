import MarkdownIt from 'markdown-it'
import type { ArtworkDetail } from '../../../node/http/contract.ts'

type Files = Pick<ArtworkDetail, 'entry' | 'files'>

/**
 * Markdown of an author to markup that is safe to put in the page: their HTML stays text, links lead to files of the
 * work only (there is no internet here), and so do images.
 */
export function renderMarkdown(source: string, work: Files): string {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  markdown.normalizeLink = (address) => fileOf(address, work) ?? address
  markdown.validateLink = (address) => work.files.some((file) => file.url === address)
  // The page has its own title of the first rank.
  const tokens = markdown.parse(source, {})
  for (const token of tokens) {
    const rank = /^h([1-6])$/.exec(token.tag)?.[1]
    if (rank !== undefined) token.tag = `h${Math.min(6, Number(rank) + 1)}`
  }
  return markdown.renderer.render(tokens, markdown.options, {})
}

/** Address of the file of the work that a link names, relative to the text itself. */
function fileOf(address: string, work: Files): string | undefined {
  const base = 'http://work.invalid/'
  try {
    const url = new URL(address, base + work.entry.path)
    if (url.origin !== new URL(base).origin) return undefined
    const path = decodeURIComponent(url.pathname.slice(1))
    return work.files.find((file) => file.path === path)?.url
  } catch {
    // Not an address at all.
    return undefined
  }
}
