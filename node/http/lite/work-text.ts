import type { ArtworkDetail } from '../contract.ts'
import { html, trusted } from './html.ts'
import type { Html } from './html.ts'

type Files = Pick<ArtworkDetail, 'entry' | 'files'>

export function isMarkdown({ path, mediaType }: ArtworkDetail['entry']): boolean {
  return mediaType.startsWith('text/markdown') || /\.(?:md|markdown)$/i.test(path)
}

/** The text of a work as markup. What its author wrote as HTML stays text, and links lead to files of the work only. */
export async function workText(source: string, work: Files): Promise<Html> {
  if (!isMarkdown(work.entry)) {
    return html`${source
      .split(/\r?\n\s*\r?\n/)
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => html`<p>${paragraph.trim()}</p>`)}`
  }
  // Loaded with the first such work: a node that shows none does without.
  const { default: MarkdownIt } = await import('markdown-it')
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  markdown.normalizeLink = (address) => fileOf(address, work) ?? address
  markdown.validateLink = (address) => work.files.some(({ url }) => url === address)
  const tokens = markdown.parse(source, {})
  for (const token of tokens) {
    const rank = /^h([1-6])$/.exec(token.tag)?.[1]
    // The page has a title of its own.
    if (rank !== undefined) token.tag = `h${Math.min(6, Number(rank) + 1)}`
  }
  return trusted(markdown.renderer.render(tokens, markdown.options, {}))
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
