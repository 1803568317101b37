import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findCommand } from '../system-tools.ts'
import { makeCheckout, runInstaller, treeOf, write } from './checkout.ts'
import type { Checkout } from './checkout.ts'

const installer = resolve(import.meta.dirname, '../../firmware-config/install.sh')
const unitLink = 'etc/systemd/system/multi-user.target.wants/mesh-art-node.service'

let checkout: Checkout

beforeEach(() => {
  checkout = makeCheckout()
})

afterEach(() => {
  rmSync(checkout.scratch, { recursive: true, force: true })
})

function install(...more: string[]) {
  return runInstaller(checkout, ['--root', checkout.target, ...more])
}

describe('the installer', () => {
  it('is sh without complaints', () => {
    expect(spawnSync('sh', ['-n', installer], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    const lint = spawnSync(findCommand('shellcheck') ?? 'shellcheck', [installer], { encoding: 'utf8' })
    expect(lint).toMatchObject({ status: 0, stdout: '' })
  })

  it('puts program, command, config, user and enabled unit in their places', () => {
    const { status, stderr, stdout } = install()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('npm ci --omit=dev')
    const tree = treeOf(checkout.target)
    expect(tree['opt/mesh-art/current']).toMatch(/^-> releases\/[0-9a-f]{16}$/)
    expect(tree['usr/local/bin/mesh-art']).toBe('-> /opt/mesh-art/current/mesh-art')
    expect(tree[unitLink]).toBe('-> /etc/systemd/system/mesh-art-node.service')
    expect(tree['etc/mesh-art/node.yaml']).toContain('dataDir: /var/lib/mesh-art')
    expect(tree['etc/sysusers.d/mesh-art.conf']).toContain('u mesh-art')
    expect(existsSync(join(checkout.target, 'opt/mesh-art/current/node_modules/.bin/node'))).toBe(true)
  })

  it('run twice gives the same tree', () => {
    install()
    const first = treeOf(checkout.target)
    expect(install().status).toBe(0)
    expect(treeOf(checkout.target)).toEqual(first)
  })

  it('replaces the program and keeps config and works when run again from a newer checkout', () => {
    install()
    const before = treeOf(checkout.target)['opt/mesh-art/current']
    write(join(checkout.target, 'etc/mesh-art/node.yaml'), 'name: foyer\n')
    write(join(checkout.target, 'var/lib/mesh-art/chunks/a'), 'a work')
    write(join(checkout.source, 'node/bin.js'), '// newer\n')
    expect(install().status).toBe(0)
    const tree = treeOf(checkout.target)
    expect(tree['opt/mesh-art/current']).not.toBe(before)
    expect(Object.keys(tree).filter((path) => path.endsWith('node/bin.js'))).toHaveLength(1)
    expect(tree['etc/mesh-art/node.yaml']).toBe('644 name: foyer\n')
    expect(tree['var/lib/mesh-art/chunks/a']).toBe('644 a work')
  })

  it('takes node_modules as they are where there is no npm, and with --prebuilt', () => {
    const { stdout } = install('--prebuilt')
    expect(stdout).not.toContain('npm ci')
    rmSync(join(checkout.target, 'opt'), { recursive: true })
    rmSync(join(checkout.stubs, 'npm'))
    // A PATH with what the installer needs and no npm.
    const tools = join(checkout.scratch, 'tools')
    mkdirSync(tools)
    spawnSync('sh', ['-c', `ln -s /usr/bin/* /bin/* '${tools}' 2>&-; rm -f '${tools}/npm'`])
    expect(runInstaller(checkout, ['--root', checkout.target], tools).status).toBe(0)
    const node = join(checkout.target, 'opt/mesh-art/current/node_modules/.bin/node')
    expect(readFileSync(node, 'utf8')).toContain('v24.0.0')
  })

  it('makes what it installs readable for the service and writable for nobody, whatever the checkout was', () => {
    write(join(checkout.source, 'node/secretive.ts'), '', 0o600)
    write(join(checkout.source, 'node/careless.ts'), '', 0o666)
    install()
    const mode = (path: string) =>
      statSync(join(checkout.target, 'opt/mesh-art/current/node', path)).mode & 0o777
    expect(mode('secretive.ts')).toBe(0o644)
    expect(mode('careless.ts')).toBe(0o644)
  })

  it('changes nothing with --dry-run, and says what it would do', () => {
    const fresh = install('--dry-run')
    expect(fresh).toMatchObject({ status: 0, stderr: '' })
    expect(fresh.stdout).toContain('would: copy')
    expect(treeOf(checkout.target)).toEqual({})
    install()
    const installed = treeOf(checkout.target)
    expect(install('--uninstall', '--purge', '--dry-run').stdout).toContain('would: rm')
    expect(treeOf(checkout.target)).toEqual(installed)
  })

  it('uninstalls all but works and a changed config, and those with --purge', () => {
    install()
    write(join(checkout.target, 'var/lib/mesh-art/chunks/a'), 'a work')
    expect(install('--uninstall')).toMatchObject({ status: 0, stderr: '' })
    expect(Object.keys(treeOf(checkout.target))).toEqual(['var/lib/mesh-art/chunks/a'])

    install()
    write(join(checkout.target, 'etc/mesh-art/node.yaml'), 'name: foyer\n')
    expect(install('--uninstall').stdout).toContain('kept: ')
    expect(Object.keys(treeOf(checkout.target)).toSorted()).toEqual([
      'etc/mesh-art/node.yaml',
      'var/lib/mesh-art/chunks/a',
    ])
    expect(install('--uninstall', '--purge').status).toBe(0)
    expect(treeOf(checkout.target)).toEqual({})
    expect(install('--uninstall').status).toBe(0)
  })

  it('killed while it copies leaves the old release running and is mended by the next run', async () => {
    install()
    const before = treeOf(checkout.target)
    write(join(checkout.source, 'node/bin.js'), '// newer\n')
    const npm = readFileSync(join(checkout.stubs, 'npm'), 'utf8')
    write(join(checkout.stubs, 'npm'), '#!/bin/sh\necho reached\nread -r forever\n', 0o755)
    const child = spawn(
      '/bin/sh',
      [join(checkout.source, 'firmware-config/install.sh'), '--root', checkout.target],
      {
        env: { PATH: `${checkout.stubs}:/usr/bin:/bin` },
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    )
    for await (const text of child.stdout) if (String(text).includes('reached')) break
    child.kill('SIGKILL')
    await once(child, 'exit')
    // Ends the npm that outlived its parent, and with it the lock.
    child.stdin.end()
    expect(treeOf(checkout.target)).toMatchObject(before)
    expect(Object.keys(treeOf(checkout.target)).some((path) => path.includes('.new-'))).toBe(true)

    write(join(checkout.stubs, 'npm'), npm, 0o755)
    expect(install().status).toBe(0)
    const paths = Object.keys(treeOf(checkout.target))
    expect(paths.filter((path) => path.includes('.new-'))).toEqual([])
    expect(paths.toSorted()).toEqual(
      Object.keys(before)
        .map((path) => path.replace(/releases\/[0-9a-f]{16}/, currentRelease()))
        .toSorted(),
    )
  })

  it('keeps the old release when npm fails', () => {
    install()
    const before = treeOf(checkout.target)
    write(join(checkout.source, 'node/bin.js'), '// newer\n')
    write(join(checkout.stubs, 'npm'), '#!/bin/sh\nexit 1\n', 0o755)
    const { status, stderr } = install()
    expect(status).toBe(1)
    expect(stderr).toMatch(/^install\.sh: npm ci failed.*\n$/)
    expect(treeOf(checkout.target)).toEqual(before)
  })
})

function currentRelease(): string {
  return (treeOf(checkout.target)['opt/mesh-art/current'] ?? '').slice('-> '.length)
}

describe('the installer refuses in one line', () => {
  const oneLine = (start: RegExp) => new RegExp(`^install\\.sh: ${start.source}[^\\n]*\\n$`)

  it.each([
    [['--nonsense'], /unknown argument '--nonsense'/],
    [['--root'], /--root needs a directory/],
    [['--root', '/no/such/place'], /--root: '\/no\/such\/place' is not a directory/],
    [['--purge'], /--purge goes with --uninstall/],
  ])('%j as wrong use', (args, message) => {
    const { status, stderr, stdout } = runInstaller(checkout, args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(oneLine(message))
  })

  it.each([
    ['armhf', /this system is 32 bit \(armhf\)/],
    ['i386', /this system is 32 bit/],
    ['riscv64', /no Node for this architecture \(riscv64\)/],
  ])('the architecture %s', (architecture, message) => {
    write(join(checkout.stubs, 'dpkg'), `#!/bin/sh\necho ${architecture}\n`, 0o755)
    const { status, stderr } = install()
    expect(status).toBe(1)
    expect(stderr).toMatch(oneLine(message))
    expect(treeOf(checkout.target)).toEqual({})
  })

  it('anyone but root', () => {
    write(join(checkout.stubs, 'id'), '#!/bin/sh\necho 1000\n', 0o755)
    // With --dry-run, so that a broken check could not harm the machine either.
    const { status, stderr } = runInstaller(checkout, ['--dry-run'])
    expect(status).toBe(1)
    expect(stderr).toMatch(oneLine(/must run as root/))
  })

  it('a machine without systemd', () => {
    write(join(checkout.stubs, 'id'), '#!/bin/sh\necho 0\n', 0o755)
    const script = join(checkout.source, 'firmware-config/install.sh')
    const text = readFileSync(script, 'utf8')
    expect(text).toContain('/run/systemd/system')
    write(script, text.replace('/run/systemd/system', '/no/such/place'), 0o755)
    const { status, stderr } = runInstaller(checkout, ['--dry-run'])
    expect(status).toBe(1)
    expect(stderr).toMatch(oneLine(/this machine does not run systemd/))
  })

  it('a checkout whose pages are not built', () => {
    write(join(checkout.source, 'exhibit-ui/build.ts'), '')
    expect(install().stderr).toMatch(oneLine(/the pages are not built/))
    write(join(checkout.source, 'exhibit-ui/dist/index.html'), '<!doctype html>')
    expect(install().status).toBe(0)
  })

  it('a card without room', () => {
    write(join(checkout.stubs, 'df'), '#!/bin/sh\nprintf "head\\nx 1 1 1024 1%% /\\n"\n', 0o755)
    const { status, stderr } = install()
    expect(status).toBe(1)
    expect(stderr).toMatch(oneLine(/not enough room for .*: \d+ MiB needed, 1 MiB free/))
    expect(treeOf(checkout.target)).toEqual({})
  })

  it('a second one at the same time', () => {
    install()
    write(join(checkout.stubs, 'flock'), '#!/bin/sh\nexit 1\n', 0o755)
    expect(install().stderr).toMatch(oneLine(/another installation is at work/))
  })
})
