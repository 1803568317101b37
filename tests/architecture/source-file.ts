import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { parseSync } from 'vite'

export interface SourceImport {
  /** As written: `./limits.ts`, `node:fs`, `libp2p`. */
  readonly specifier: string
  /** Where a relative import points, from the root of the repository; undefined for packages and built-ins. */
  readonly path: string | undefined
  /** The package of a bare specifier, `@libp2p/crypto` of `@libp2p/crypto/keys`; undefined for files and built-ins. */
  readonly package: string | undefined
  readonly builtin: boolean
  /** Erased before it runs. */
  readonly typeOnly: boolean
}

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly lines: number
  readonly imports: readonly SourceImport[]
  /** Clocks, randomness, timers and globals of Node that the code reaches for by itself: `Date.now`, `setTimeout`. */
  readonly ambient: readonly string[]
  /** Nothing in it but imports and re-exports. */
  readonly barrel: boolean
}

interface AstNode {
  readonly type: string
  readonly [field: string]: unknown
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string'
}

function* descendants(node: AstNode): Generator<AstNode> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* descendants(child)
    }
  }
}

function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier') return String(node['name'])
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined
}

const timers = new Set(['setTimeout', 'setInterval', 'setImmediate'])
const ambientMembers = new Set(['Date.now', 'Math.random', 'performance.now'])
const ambientObjects = new Set(['process', 'Buffer', 'crypto', 'localStorage'])

function ambientUse(node: AstNode): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return timers.has(String(node['name'])) ? String(node['name']) : undefined
    case 'MemberExpression': {
      const object = nameOf(node['object'])
      const member = `${object}.${nameOf(node['property'])}`
      return ambientMembers.has(member) || (object !== undefined && ambientObjects.has(object))
        ? member
        : undefined
    }
    case 'NewExpression': {
      const clock = nameOf(node['callee']) === 'Date' && (node['arguments'] as unknown[]).length === 0
      return clock ? 'new Date()' : undefined
    }
    case 'CallExpression': {
      const callee = nameOf(node['callee'])
      return callee === 'Date' || callee === 'fetch' ? `${callee}()` : undefined
    }
    default:
      return undefined
  }
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

function importOf(from: string, specifier: string, typeOnly: boolean): SourceImport {
  const relative = specifier.startsWith('.')
  const builtin = !relative && isBuiltin(specifier)
  return {
    specifier,
    path: relative ? posix.join(posix.dirname(from), specifier) : undefined,
    package: relative || builtin ? undefined : packageOf(specifier),
    builtin,
    typeOnly,
  }
}

/** What a declaration or expression imports from, or undefined. */
function importedBy(node: AstNode): { readonly source: unknown; readonly typeOnly: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration': {
      // `verbatimModuleSyntax` keeps `import { type A }` as a side effect, so only `import type` is erased.
      return { source: node['source'], typeOnly: node['importKind'] === 'type' }
    }
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return { source: node['source'], typeOnly: node['exportKind'] === 'type' }
    case 'ImportExpression':
      return { source: node['source'], typeOnly: false }
    case 'TSImportType':
      return { source: node['source'], typeOnly: true }
    case 'CallExpression': {
      const required = nameOf(node['callee']) === 'require' ? (node['arguments'] as unknown[])[0] : undefined
      return { source: required, typeOnly: false }
    }
    default:
      return undefined
  }
}

function isBarrel(body: readonly AstNode[]): boolean {
  const exports = body.filter((node) => node.type.startsWith('Export'))
  const onlyPassesOn = body.every(
    (node) =>
      node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration' ||
      (node.type === 'ExportNamedDeclaration' && node['declaration'] === null),
  )
  return exports.length > 0 && onlyPassesOn
}

/** @throws {Error} naming the file, when it does not parse. */
export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  const firstError = errors[0]
  if (firstError !== undefined) throw new Error(`${path}: ${firstError.message}`)
  const root = program as unknown as AstNode
  const imports: SourceImport[] = []
  const ambient = new Set<string>()
  for (const node of descendants(root)) {
    const found = importedBy(node)
    const specifier = found === undefined ? undefined : nameOf(found.source)
    if (found !== undefined && specifier !== undefined) {
      imports.push(importOf(path, specifier, found.typeOnly))
    }
    const use = ambientUse(node)
    if (use !== undefined) ambient.add(use)
  }
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports,
    ambient: [...ambient],
    barrel: isBarrel(root['body'] as AstNode[]),
  }
}
