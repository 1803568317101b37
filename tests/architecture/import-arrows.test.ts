import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { findViolations, longFiles } from './arrow-rules.ts'
import { readSource } from './source-file.ts'

const root = resolve(import.meta.dirname, '../..')

/** Our own code: not the scripts of the works themselves, which are works. */
function sourcePaths(): string[] {
  const folders = '{node,exhibit-ui,firmware-config,artworks,tests}/**/*.ts'
  return globSync([folders, '*.ts', 'node/*.js'], {
    cwd: root,
    exclude: ['**/node_modules/**', 'exhibit-ui/dist/**', 'artworks/collection/*/work/**'],
  })
}

const packageSchema = v.object({ dependencies: v.record(v.string(), v.string()) })

function dependencies(): Set<string> {
  const json: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return new Set(Object.keys(v.parse(packageSchema, json).dependencies))
}

/** What the rules say of a made-up tree of paths and texts. */
function violationsOf(tree: Readonly<Record<string, string>>): string[] {
  const files = Object.entries(tree).map(([path, text]) => readSource(path, text))
  return findViolations(files, {
    dependencies: new Set(['libp2p', 'fastify', '@libp2p/crypto', '@libp2p/interface']),
    longFiles: new Set(['node/long-but-known.ts']),
  })
}

describe('the arrows of the house', () => {
  it('all point the right way', () => {
    const paths = sourcePaths()
    expect(paths.length).toBeGreaterThan(20)
    const files = paths.map((path) => readSource(path, readFileSync(join(root, path), 'utf8')))
    expect(findViolations(files, { dependencies: dependencies(), longFiles })).toEqual([])
  })
})

describe('a tree that keeps the arrows', () => {
  it('has no violation', () => {
    const tree = {
      'artworks/format/envelope.ts': `import { publicKeyFromRaw } from '@libp2p/crypto/keys'\nimport type { PrivateKey } from '@libp2p/interface'\nimport { limits } from './limits.ts'\nexport const a = [publicKeyFromRaw, limits]`,
      'node/replication/planner.ts': `import { limits } from '../../artworks/format/limits.ts'\nexport const plan = (nowMs: number, random: () => number) => [nowMs, random(), limits, new Date(nowMs)]`,
      'node/mesh/host.ts': `import { createLibp2p } from 'libp2p'\nimport { planner } from '../replication/planner.ts'\nexport const host = [createLibp2p, planner]`,
      'node/http/server.ts': `import fastify from 'fastify'\nexport const server = fastify()`,
      'node/http/contract.ts': `import type { A } from '../../artworks/format/records.ts'\nexport type { A }\nexport interface B { a: A }`,
      'node/exhibition-node.ts': `import { host } from './mesh/host.ts'\nimport { server } from './http/server.ts'\nexport const node = [host, server]`,
      'node/commands/status.ts': `import type { B } from '../http/contract.ts'\nimport { host } from '../mesh/host.ts'\nexport const status = (b: B) => [b, host]`,
      'exhibit-ui/pages/work.ts': `import type { B } from '../../node/http/contract.ts'\nimport { LitElement } from 'lit'\nexport class Work extends LitElement { b?: B }`,
      'tests/node/mesh/host.test.ts': `import { host } from '../../../node/mesh/host.ts'\nimport fastify from 'fastify'\nimport { it } from 'vitest'\nit('a', () => [host, fastify])`,
      'node/long-but-known.ts': 'export const a = 1\n'.padEnd(2000, '\n'),
    }
    expect(violationsOf(tree)).toEqual([])
  })
})

/** Each breach in a made-up tree, and the words by which it must be reported. */
const breaches: readonly (readonly [path: string, text: string, report: string])[] = [
  [
    'artworks/format/a.ts',
    `import { b } from '../../node/store/b.ts'\nexport const a = b`,
    'imports ../../node/store/b.ts',
  ],
  [
    'artworks/format/a.ts',
    `import type { B } from '../../node/store/b.ts'\nexport type A = B[]`,
    'imports ../../node/store/b.ts',
  ],
  [
    'artworks/format/a.ts',
    `import { readFile } from 'node:fs'\nexport const a = readFile`,
    'imports node:fs',
  ],
  ['artworks/format/a.ts', `import { readFile } from 'fs'\nexport const a = readFile`, 'imports fs'],
  ['artworks/format/a.ts', `export const a = () => Buffer.from('')`, 'uses Buffer.from'],
  [
    'artworks/format/a.ts',
    `export const a = await import('../../node/b.ts')`,
    'imports ../../node/b.ts (artworks',
  ],
  [
    'artworks/format/a.ts',
    `export type A = import('../../node/b.ts').B`,
    'imports ../../node/b.ts (artworks',
  ],
  ['node/replication/a.ts', `import { b } from '../wire/b.ts'\nexport const a = b`, 'imports ../wire/b.ts'],
  [
    'node/wire/a.ts',
    `import { b } from '../replication/b.ts'\nexport const a = b`,
    'imports ../replication/b',
  ],
  ['node/wire/a.ts', `import { b } from 'node:buffer'\nexport const a = b`, 'imports node:buffer'],
  ['node/replication/a.ts', `export const a = () => Date.now()`, 'uses Date.now'],
  ['node/replication/a.ts', `export const a = (now = Date.now) => now()`, 'uses Date.now'],
  ['node/replication/a.ts', `export const a = () => new Date()`, 'uses new Date()'],
  ['node/replication/a.ts', `export const a = () => Math.random()`, 'uses Math.random'],
  ['node/replication/a.ts', `export const a = () => performance.now()`, 'uses performance.now'],
  ['node/wire/a.ts', `export const a = () => setTimeout(() => {}, 1)`, 'uses setTimeout'],
  ['node/wire/a.ts', `export const a = () => globalThis.setInterval(() => {}, 1)`, 'uses setInterval'],
  ['node/wire/a.ts', `export const a = () => fetch('/')`, 'uses fetch()'],
  ['node/wire/a.ts', `export const a = process.env`, 'uses process.env'],
  ['node/mesh/a.ts', `import { b } from '../http/server.ts'\nexport const a = b`, 'mesh and http never'],
  [
    'node/mesh/a.ts',
    `import type { B } from '../http/contract.ts'\nexport const a = (b: B) => b`,
    'mesh and http never',
  ],
  ['node/http/routes/a.ts', `import { b } from '../../mesh/b.ts'\nexport const a = b`, 'mesh and http never'],
  [
    'node/store/a.ts',
    `import { createLibp2p } from 'libp2p'\nexport const a = createLibp2p`,
    'only mesh imports',
  ],
  ['node/ingest/a.ts', `import { tcp } from '@libp2p/tcp'\nexport const a = tcp`, 'only mesh imports'],
  [
    'node/commands/a.ts',
    `import { gossipsub } from '@chainsafe/libp2p-gossipsub'\nexport const a = gossipsub`,
    'only mesh imports',
  ],
  ['node/commands/a.ts', `export const a = () => import('libp2p')`, 'only mesh imports'],
  [
    'node/mesh/a.ts',
    `import { RecordEnvelope } from '@libp2p/peer-record'\nexport const a = RecordEnvelope`,
    'makes envelopes',
  ],
  ['node/store/a.ts', `import type { F } from 'fastify'\nexport const a = (f: F) => f`, 'only http imports'],
  ['node/mesh/a.ts', `import { s } from '@fastify/swagger'\nexport const a = s`, 'only http imports'],
  [
    'node/commands/a.ts',
    `import { h } from '../http/h.ts'\nimport { m } from '../mesh/m.ts'\nexport const a = [h, m]`,
    'both node/mesh and',
  ],
  [
    'exhibit-ui/a.ts',
    `import { b } from '../node/store/b.ts'\nexport const a = b`,
    'imports ../node/store/b.ts',
  ],
  [
    'exhibit-ui/a.ts',
    `import { b } from '../node/http/contract.ts'\nexport const a = b`,
    'imports ../node/http/contract',
  ],
  [
    'exhibit-ui/a.ts',
    `import { type B } from '../node/http/contract.ts'\nexport const a = (b: B) => b`,
    'imports ../node',
  ],
  ['node/a.ts', `import { b } from '../tests/b.ts'\nexport const a = b`, 'nobody imports'],
  ['node/a.ts', `import { b } from '../exhibit-ui/b.ts'\nexport const a = b`, 'nobody imports'],
  ['node/a.ts', `import { expect } from 'vitest'\nexport const a = expect`, 'imports vitest (what runs'],
  ['node/store/index.ts', `export * from './a.ts'\nexport { b } from './b.ts'`, 'only passes on'],
  ['node/store/index.ts', `import { a } from './a.ts'\nexport { a }`, 'only passes on'],
  ['node/long.ts', `export const a = 1\n${'\n'.repeat(300)}`, 'has 301 lines'],
]

describe('a tree that breaks an arrow', () => {
  it.each(breaches)('%s: %j', (path, text, report) => {
    const violations = violationsOf({ [path]: text })
    expect(violations.filter((line) => line.startsWith(`${path}: `) && line.includes(report))).toHaveLength(1)
  })

  it('cannot hide in a file that does not parse', () => {
    expect(() => readSource('node/a.ts', 'import { from')).toThrow(/node\/a\.ts/)
  })
})
