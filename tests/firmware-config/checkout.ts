import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface Checkout {
  /** What a test may throw away as a whole. */
  readonly scratch: string
  /** A checkout small enough to install in an instant, with the real installer in it. */
  readonly source: string
  /** The machine to install to, empty at first. */
  readonly target: string
  /** Comes first in the installer's PATH. */
  readonly stubs: string
}

export function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode })
  chmodSync(path, mode)
}

export function makeCheckout(): Checkout {
  const scratch = mkdtempSync(join(tmpdir(), 'mesh-art-install-'))
  const source = join(scratch, 'checkout')
  cpSync(join(root, 'firmware-config'), join(source, 'firmware-config'), { recursive: true })
  write(join(source, 'package.json'), '{ "name": "mesh-art-network" }\n')
  write(join(source, 'package-lock.json'), '{ "lockfileVersion": 3 }\n')
  write(join(source, 'node/bin.js'), '// starts the node\n')
  write(join(source, 'node_modules/.bin/node'), '#!/bin/sh\necho v24.0.0\n', 0o755)
  const target = join(scratch, 'target')
  const stubs = join(scratch, 'stubs')
  for (const folder of [target, stubs]) mkdirSync(folder)
  write(join(stubs, 'dpkg'), '#!/bin/sh\necho arm64\n', 0o755)
  // npm that does what an installation shows of it, without the network.
  const npm = '#!/bin/sh\necho "npm $*"\nmkdir -p node_modules/.bin && : >node_modules/.bin/node\n'
  write(join(stubs, 'npm'), npm, 0o755)
  return { scratch, source, target, stubs }
}

export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the installer of a checkout; `path` replaces the system's PATH behind the stubs. */
export function runInstaller(checkout: Checkout, args: readonly string[], path = '/usr/bin:/bin'): Run {
  const result = spawnSync('/bin/sh', [join(checkout.source, 'firmware-config/install.sh'), ...args], {
    encoding: 'utf8',
    env: { PATH: `${checkout.stubs}${delimiter}${path}` },
    timeout: 20_000,
  })
  return { status: result.status, stdout: result.stdout, stderr: result.stderr }
}

/** Everything below a folder but folders: path, and mode and text or where a link points. Follows no links. */
export function treeOf(folder: string): Record<string, string> {
  const tree: Record<string, string> = {}
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink()) tree[entry.name] = `-> ${readlinkSync(path)}`
    else if (entry.isFile()) {
      tree[entry.name] = `${(lstatSync(path).mode & 0o777).toString(8)} ${readFileSync(path, 'utf8')}`
    } else {
      for (const [below, what] of Object.entries(treeOf(path))) tree[join(entry.name, below)] = what
    }
  }
  return tree
}
