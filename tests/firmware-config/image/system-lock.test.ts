import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mirrorsIn } from '../../../firmware-config/image/apt-archive.ts'
import { chosenIn, stanzas } from '../../../firmware-config/image/lock-packages.ts'
import { neededPackages } from '../../../firmware-config/image/make-image.ts'
import { lockText, readLock } from '../../../firmware-config/image/system-lock.ts'
import {
  bootPackages,
  screenPackages,
  systemPackages,
} from '../../../firmware-config/image/system-packages.ts'

const textFor = (architecture: string): string =>
  readFileSync(
    resolve(import.meta.dirname, `../../../firmware-config/image/locks/trixie-${architecture}.lock`),
    'utf8',
  )

describe.each(['arm64', 'amd64'] as const)('the lock for %s', (architecture) => {
  const lock = readLock(textFor(architecture))

  it('names every package that is asked for, and writes as it reads', () => {
    const names = (set: string): Set<string> =>
      new Set(lock.packages.filter((one) => one.set === set).map(({ name }) => name))
    expect(names('system')).toEqual(new Set([...names('system'), ...systemPackages]))
    expect(names('screen')).toEqual(new Set([...names('screen'), ...screenPackages]))
    expect(names('boot')).toEqual(new Set(bootPackages(architecture)))
    expect(lockText(lock)).toBe(textFor(architecture))
    expect(lock.architecture).toBe(architecture)
  })

  it('brings one kernel to a board, and a screen to those that have one', () => {
    const kernels = neededPackages(lock, 'generic-arm64', false).filter(({ set }) => set.startsWith('kernel'))
    expect(kernels.map(({ set }) => set)).toEqual(['kernel'])
    expect(neededPackages(lock, 'generic-arm64', false).some(({ name }) => name === 'chromium')).toBe(false)
    expect(neededPackages(lock, 'generic-arm64', true).some(({ name }) => name === 'chromium')).toBe(true)
    if (architecture !== 'arm64') return
    const newer = neededPackages(lock, 'pi-5', false).filter(({ set }) => set.startsWith('kernel'))
    expect(new Set(newer.map(({ set }) => set))).toEqual(new Set(['kernel-pi-5']))
  })

  it('names no host, and no compiler', () => {
    expect(textFor(architecture)).not.toMatch(/https?:|deb\.|:\/\//)
    const compilers = lock.packages.filter(({ name }) => /^(gcc|g\+\+|clang|make|cpp)(-\d+)?$/.test(name))
    expect(compilers).toEqual([])
  })
})

describe('a lock from outside', () => {
  const good = JSON.parse(textFor('amd64')) as { packages: Record<string, unknown>[] }
  const changed = (change: Record<string, unknown>): string =>
    JSON.stringify({ ...good, packages: [{ ...good.packages[0], ...change }] })

  it.each([
    ['a way out of the archive', { file: 'pool/../../etc/passwd.deb' }],
    ['an address', { file: 'http://elsewhere/pool/a.deb' }],
    ['a short hash', { sha256: 'abc' }],
    ['a name that is an option', { name: '--force' }],
    ['a set nobody knows', { set: 'other' }],
    ['no size', { size: 0 }],
  ])('is refused for %s', (_what, change) => {
    expect(() => readLock(changed({}))).not.toThrow()
    expect(() => readLock(changed(change))).toThrow(/Invalid/)
  })

  it('is refused when it names a package twice', () => {
    const [first] = good.packages
    expect(() => readLock(JSON.stringify({ ...good, packages: [first, first] }))).toThrow('twice')
  })
})

describe('what apt says', () => {
  it('gives the packages that it would install', () => {
    const said = `NOTE: This is only a simulation!
Inst libc6 (2.41-12+deb13u4 Debian:13.2/stable, Debian-Security:13/stable-security [arm64])
Inst tar [1.30] (1.35+dfsg-3.1 Debian:13.2/stable [arm64])
Conf libc6 (2.41-12+deb13u4 Debian:13.2/stable [arm64])
`
    expect(chosenIn(said)).toEqual([
      { name: 'libc6', version: '2.41-12+deb13u4' },
      { name: 'tar', version: '1.35+dfsg-3.1' },
    ])
  })

  it('gives the fields of each package, without what goes on over lines', () => {
    const [first, second] = stanzas(
      'Package: a\nVersion: 1\nDescription: of\n more: than one\n\nPackage: b\n',
    )
    expect(first).toEqual({ Package: 'a', Version: '1', Description: 'of' })
    expect(second).toEqual({ Package: 'b' })
  })

  it("gives Debian's mirrors of this machine, and nobody else's", () => {
    const said = `http://one.example/debian/ Debian
http://other.example/vendor Vendor
http://two.example/debian Debian
http://one.example/debian-security Debian-Security
`
    expect(mirrorsIn(said)).toEqual({
      debian: 'http://one.example/debian/',
      security: 'http://one.example/debian-security/',
    })
    expect(mirrorsIn('')).toEqual({})
  })
})
