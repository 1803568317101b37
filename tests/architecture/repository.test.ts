import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { topLevel } from '../../node/http/source/source-files.ts'

const root = resolve(import.meta.dirname, '../..')

function topNames(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split('/')[0] ?? path))].sort()
}

/** Lines of a lock file that say where a package is to be had, which ties the checkout to one registry. */
function registryLines(lock: string): string[] {
  return lock.split('\n').filter((line) => /"resolved"|https?:\/\/[^"]*\.tgz/.test(line))
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >
}

/**
 * Optional dependencies that a lock file leaves out. npm drops those that its registry had not got when the lock was made, and
 * then its own `npm ci` refuses the lock.
 */
function missingOptionals({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !Object.hasOwn(packages, `node_modules/${name}`) &&
        !Object.hasOwn(packages, `${path}/node_modules/${name}`),
    ),
  )
}

describe('the repository', () => {
  it('has at its top exactly what it should', () => {
    // What is new and not ignored counts too: a stray file is seen before it is committed.
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
    const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' })
    expect(topNames(listed.split('\0').filter((path) => path !== ''))).toEqual(topLevel)
  })

  it('has a lock file that npm ci takes on every kind of machine', () => {
    expect(
      missingOptionals(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock),
    ).toEqual([])
  })

  it('has a lock file that works with any registry', () => {
    expect(registryLines(readFileSync(join(root, 'package-lock.json'), 'utf8'))).toEqual([])
  })

  it('carries its whole licence', () => {
    const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
    expect(licence).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2$/m)
    for (let article = 1; article <= 15; article++) {
      expect(licence).toMatch(new RegExp(`^${article}\\.[A-Z]`, 'm'))
    }
    expect(licence).toContain('‘Compatible Licences’')
  })
})

describe('the checks of the repository', () => {
  it('see a stray file at the top', () => {
    expect(topNames(['node/a.ts', 'node/b.ts', 'notes.txt'])).toEqual(['node', 'notes.txt'])
  })

  it('see what a lock file leaves out', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } },
      'node_modules/a-linux': {},
    }
    expect(missingOptionals({ packages })).toEqual(['a-mac'])
  })

  it('see a registry in a lock file', () => {
    const lock = '{\n  "resolved": "https://registry.example/a/-/a-1.0.0.tgz",\n  "integrity": "sha512-x"\n}'
    expect(registryLines(lock)).toHaveLength(1)
  })
})
