import type { LocalFile } from '../send/hashed-work.ts'
import { candidatesWith, ownPath, scriptWith, styleWith, workBase } from './own-files.ts'
import type { Rename } from './own-files.ts'
import { prelude } from './prelude.ts'

export const packLimits = Object.freeze({
  files: 2000,
  /** A longer script or style is handed over as it is. */
  textBytes: 8 * 1024 * 1024,
})

/** What the frame is handed: files in the order in which they may name each other, and the page. */
export interface PackedWork {
  readonly files: readonly { readonly type: string; readonly body: Blob | string }[]
  readonly page: string
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  txt: 'text/plain',
  vtt: 'text/vtt',
}

const typeOf = ({ path, blob }: LocalFile): string =>
  types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? (blob.type || 'application/octet-stream')

/** Bare, so that an import map decides what is meant by it. */
const specifierOf = (path: string): string => `mesh-art-work/${path}`

/**
 * A work of HTML as one message: everything in it that names a file of its own gets the place of that file, so that a frame that
 * reaches nothing can show it. @param entry path of the page that is shown
 */
export async function packWork(given: readonly LocalFile[], entry: string): Promise<PackedWork> {
  const all = given.slice(0, packLimits.files)
  // Style may name pictures and other style; script names other script by the import map. So: all else, script, style.
  const rank = ({ path }: LocalFile): number => (/\.css$/i.test(path) ? 2 : /\.m?js$/i.test(path) ? 1 : 0)
  const ordered = [
    ...all.filter((file) => rank(file) === 0),
    ...all.filter((file) => rank(file) === 1),
    ...all.filter((file) => rank(file) === 2).sort((a, b) => depthOf(b.path) - depthOf(a.path)),
  ]
  const place = new Map(ordered.map(({ path }, at) => [path, `mesh-art-file:${at};`]))
  const rename: Rename = (path) => place.get(path)
  const specifier: Rename = (path) => (place.has(path) ? specifierOf(path) : undefined)
  const files: { type: string; body: Blob | string }[] = []
  for (const file of ordered) {
    const kind = rank(file)
    const isText = kind > 0 && file.blob.size <= packLimits.textBytes
    files.push({
      type: typeOf(file),
      body: !isText
        ? file.blob
        : kind === 2
          ? styleWith(await file.blob.text(), file.path, rename)
          : scriptWith(await file.blob.text(), file.path, specifier),
    })
  }
  const page = all.find(({ path }) => path === entry)
  return { files, page: page === undefined ? '' : pageWith(await page.blob.text(), entry, place) }
}

const depthOf = (path: string): number => path.split('/').length

const addressed = [
  ['src', '[src]'],
  ['poster', '[poster]'],
  ['href', 'link[href], image[href], use[href]'],
  ['data', 'object[data]'],
] as const

function pageWith(text: string, entry: string, place: ReadonlyMap<string, string>): string {
  const rename: Rename = (path) => place.get(path)
  // Inert: nothing in it runs or loads here.
  const page = new DOMParser().parseFromString(text, 'text/html')
  for (const base of page.querySelectorAll('base')) base.remove()
  for (const [name, selector] of addressed) {
    for (const element of page.querySelectorAll(selector)) {
      const path = ownPath(entry, element.getAttribute(name) ?? '')
      const renamed = path === undefined ? undefined : rename(path)
      if (renamed !== undefined) element.setAttribute(name, renamed)
    }
  }
  for (const element of page.querySelectorAll('[srcset]'))
    element.setAttribute('srcset', candidatesWith(element.getAttribute('srcset') ?? '', entry, rename))
  for (const element of page.querySelectorAll('[style]'))
    element.setAttribute('style', styleWith(element.getAttribute('style') ?? '', entry, rename))
  for (const style of page.querySelectorAll('style'))
    style.textContent = styleWith(style.textContent, entry, rename)
  const specifier: Rename = (path) => (place.has(path) ? specifierOf(path) : undefined)
  for (const script of page.querySelectorAll('script:not([src])')) {
    if (script.getAttribute('type') === 'module')
      script.textContent = scriptWith(script.textContent, entry, specifier)
  }
  const imports: Record<string, string> = {}
  for (const [path, name] of place) if (/\.m?js$/i.test(path)) imports[specifierOf(path)] = name
  for (const map of page.querySelectorAll('script[type=importmap]')) {
    Object.assign(imports, ownImports(map.textContent, entry, rename))
    map.remove()
  }
  const map = page.createElement('script')
  map.type = 'importmap'
  map.textContent = JSON.stringify({ imports })
  const first = page.createElement('script')
  const known = JSON.stringify(Object.fromEntries(place)).replaceAll('<', '\\u003c')
  first.textContent = `(${prelude.toString()})(${known}, ${JSON.stringify(`${workBase}${entry}`).replaceAll('<', '\\u003c')})`
  page.head.prepend(first, map)
  return `<!doctype html>\n${page.documentElement.outerHTML}`
}

/** What the work's own import map says of its own files; what it says of other places would be of no use. */
function ownImports(text: string, entry: string, rename: Rename): Record<string, string> {
  try {
    const { imports = {} } = JSON.parse(text) as { imports?: Record<string, unknown> }
    return Object.fromEntries(
      Object.entries(imports).flatMap(([name, target]) => {
        const path = typeof target === 'string' ? ownPath(entry, target) : undefined
        const renamed = path === undefined ? undefined : rename(path)
        return renamed === undefined ? [] : [[name, renamed]]
      }),
    )
  } catch {
    // A browser says so of a map that is none, and goes on without it.
    return {}
  }
}
