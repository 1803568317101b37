import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cpioArchive } from '../../../firmware-config/image/cpio-archive.ts'
import { initramfs, initramfsModules, readModuleNeeds } from '../../../firmware-config/image/initramfs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-cpio-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const initScript = resolve(import.meta.dirname, '../../../firmware-config/image/init.sh')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('an archive of an initramfs', () => {
  const entries = [
    { path: 'init', content: bytes('#!/bin/sh\n'), mode: 0o755 },
    { path: 'lib/modules/6/a.ko', content: bytes('four'), mode: 0o644 },
    { path: 'bin/sh', link: 'busybox' },
    { path: 'proc', folder: true },
  ] as const

  it('is read by busybox as it was meant', () => {
    execFileSync('busybox', ['cpio', '-id'], {
      cwd: scratch,
      input: cpioArchive(entries),
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    expect(readFileSync(join(scratch, 'lib/modules/6/a.ko'), 'utf8')).toBe('four')
    const listed = spawnSync('busybox', ['cpio', '-tv'], { input: cpioArchive(entries), encoding: 'utf8' })
    expect(listed.stdout).toMatch(/-rwxr-xr-x .* init\n/)
    expect(listed.stdout).toContain('bin/sh -> busybox')
  })

  it('does not depend on the order in which it was told', () => {
    expect(cpioArchive(entries.toReversed())).toEqual(cpioArchive(entries))
  })
})

describe('modules of an initramfs', () => {
  const needs = readModuleNeeds(`kernel/fs/squashfs/squashfs.ko.xz: kernel/lib/lzo.ko.xz
kernel/lib/lzo.ko.xz:
kernel/sound/beep.ko.xz:
kernel/drivers/mmc/host/bcm2835.ko.xz: kernel/drivers/mmc/core/mmc_core.ko.xz
kernel/drivers/mmc/core/mmc_core.ko.xz: kernel/drivers/base/x.ko.xz
kernel/drivers/base/x.ko.xz:
`)

  it('are what a card hangs on, with all that it needs', () => {
    expect(initramfsModules(needs)).toEqual([
      'kernel/drivers/base/x.ko.xz',
      'kernel/drivers/mmc/core/mmc_core.ko.xz',
      'kernel/drivers/mmc/host/bcm2835.ko.xz',
      'kernel/fs/squashfs/squashfs.ko.xz',
      'kernel/lib/lzo.ko.xz',
    ])
  })

  it('lie where modprobe looks, beside busybox and the first program', () => {
    const archive = initramfs({
      busybox: bytes('busybox'),
      init: bytes('init'),
      spendTry: bytes('spend'),
      version: '6.12',
      modules: new Map([['modules.dep', bytes('')]]),
    })
    const listed = spawnSync('busybox', ['cpio', '-t'], { input: archive, encoding: 'utf8' }).stdout.split(
      '\n',
    )
    expect(listed).toEqual(
      expect.arrayContaining([
        'init',
        'bin/spend-try',
        'bin/busybox',
        'bin/modprobe',
        'lib/modules/6.12/modules.dep',
      ]),
    )
  })
})

describe('the first program', () => {
  it('is good shell', () => {
    const said = spawnSync('shellcheck', ['-s', 'dash', initScript], { encoding: 'utf8' })
    expect(said.stdout).toBe('')
    expect(said.status).toBe(0)
  })

  it('calls nothing but what lies in its initramfs', () => {
    const source = readFileSync(resolve(initScript, '../initramfs.ts'), 'utf8')
    const applets = new Set(/'(sh mount [^']+)'/.exec(source)?.[1]?.split(' '))
    const words = readFileSync(initScript, 'utf8').matchAll(/(?:^\s*|\|\s*|&& |\$\()([a-z_]+) (?!\()/gm)
    const shell = new Set(
      'if then else fi case for do done while until exec export set read return function local esac in elif'.split(
        ' ',
      ),
    )
    const own = new Set('say again load_drivers find_card part grow'.split(' '))
    const called = [...words]
      .map(([, word = '']) => word)
      .filter((word) => !shell.has(word) && !own.has(word))
    expect(called).toContain('modprobe')
    for (const word of called) expect(applets, word).toContain(word)
  })
})
