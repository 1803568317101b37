/** What is wrong with a page as HTML (the living standard), as far as our pages can go wrong. One line each; none is good. */
const voids = new Set(['meta', 'link', 'img', 'br', 'hr', 'input', 'track', 'source', 'path'])
/** Elements that end a paragraph by beginning (section 4.4.1). */
const blocks = new Set([
  'address',
  'article',
  'aside',
  'details',
  'div',
  'dl',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'header',
  'hr',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'ul',
])
const parents: Readonly<Record<string, readonly string[]>> = {
  li: ['ul', 'ol'],
  dt: ['dl'],
  dd: ['dl'],
  tr: ['thead', 'tbody'],
  td: ['tr'],
  th: ['tr'],
  summary: ['details'],
  track: ['video', 'audio'],
}
/** What may stand directly in these, and nothing else but white space. */
const children: Readonly<Record<string, readonly string[]>> = {
  ul: ['li'],
  ol: ['li'],
  dl: ['dt', 'dd'],
  table: ['thead', 'tbody'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['td', 'th'],
}
const required: Readonly<Record<string, readonly string[]>> = {
  img: ['src', 'alt'],
  a: ['href'],
  html: ['lang'],
  track: ['src', 'kind'],
  video: ['src'],
  audio: ['src'],
}
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*(\/?)>/y

export function markupProblems(page: string): string[] {
  const problems: string[] = []
  const open: string[] = []
  const ids = new Set<string>()
  if (!page.startsWith('<!doctype html>\n<html lang="')) problems.push('does not begin as a document')
  const text = page.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '')
  let at = 0
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const between = text.slice(at, next === -1 ? undefined : next)
    const parent = open.at(-1) ?? ''
    if (children[parent] !== undefined && between.trim() !== '')
      problems.push(`text directly in <${parent}>: ${between.trim()}`)
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(between)) problems.push(`a bare ampersand: ${between.trim()}`)
    if (next === -1) break
    TAG.lastIndex = next
    const match = TAG.exec(text)
    if (match === null) {
      problems.push(`no tag: ${text.slice(next, next + 60)}`)
      break
    }
    const [whole, closing = '', name = '', attributes = '', selfClosing = ''] = match
    at = next + whole.length
    if (closing === '/') {
      if (open.at(-1) === name) open.pop()
      else problems.push(`</${name}> closes <${open.at(-1) ?? 'nothing'}>`)
      continue
    }
    problems.push(...elementProblems(name, attributes, open, ids))
    if (!voids.has(name) && selfClosing === '') open.push(name)
  }
  if (open.length > 0) problems.push(`never closed: ${open.join(', ')}`)
  return problems
}

function elementProblems(
  name: string,
  attributes: string,
  open: readonly string[],
  ids: Set<string>,
): string[] {
  const problems: string[] = []
  const parent = open.at(-1) ?? ''
  const names = [...attributes.matchAll(/\s+([a-zA-Z:-]+)/g)].map(([, attribute = '']) => attribute)
  const given = [...attributes.matchAll(/\s+([a-zA-Z:-]+)(?:="([^"]*)")?/g)].map(
    ([, key = '', value = '']) => [key, value] as const,
  )
  const keys = given.map(([key]) => key)
  if (new Set(keys).size !== keys.length) problems.push(`an attribute twice: <${name}${attributes}>`)
  for (const key of keys)
    if (key === 'style' || key.startsWith('on')) problems.push(`inline ${key}: <${name}>`)
  for (const key of required[name] ?? []) if (!names.includes(key)) problems.push(`<${name}> without ${key}`)
  for (const [key, value] of given) {
    if (key !== 'id') continue
    if (ids.has(value)) problems.push(`id twice: ${value}`)
    ids.add(value)
  }
  if (name === 'script') problems.push('a script')
  if (blocks.has(name) && open.includes('p')) problems.push(`<${name}> in <p>`)
  if (name === 'a' && open.includes('a')) problems.push('<a> in <a>')
  const allowed = parents[name]
  if (allowed !== undefined && !allowed.includes(parent)) problems.push(`<${name}> in <${parent}>`)
  const wanted = children[parent]
  if (wanted !== undefined && !wanted.includes(name)) problems.push(`<${name}> in <${parent}>`)
  return problems
}
