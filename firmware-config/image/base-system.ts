import { createHash } from 'node:crypto'
import {
  appendFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sha256Of } from './apt-archive.ts'
import { registerEmulation } from './emulation.ts'
import { runProgram } from './run-program.ts'
import { screenPackages, systemPackages, wantedFirmware } from './system-packages.ts'
import type { LockedPackage, SystemLock } from './system-lock.ts'
import { unpackKernel } from './unpack-kernel.ts'

/** What makes a system of packages: where one of these changes, what is in the cache no longer holds. */
const makers = [
  'base-system.ts',
  'unpack-kernel.ts',
  'starting-files.ts',
  'initramfs.ts',
  'system-packages.ts',
]

export interface BaseSystem {
  /** Archive of what a slot holds, before anything of a node's. */
  readonly tar: string
  /** Folder with vmlinuz, what an initramfs is made of, device trees and what starts a board. */
  readonly boot: string
}

/** Debian set up from locked packages alone, with kernel and firmware. Kept in the cache: it is the same for every node of a kind. */
export async function baseSystem(options: {
  readonly lock: SystemLock
  readonly packages: ReadonlyMap<LockedPackage, string>
  readonly hasScreen: boolean
  readonly cache: string
  readonly onLine: (line: string) => void
  readonly signal?: AbortSignal
}): Promise<BaseSystem> {
  const { lock, packages, hasScreen, cache, onLine } = options
  const sources = await Promise.all(makers.map((file) => readFile(join(import.meta.dirname, file), 'utf8')))
  const name = createHash('sha256')
    .update(JSON.stringify([sources, lock.epoch, hasScreen]))
    .update(
      [...packages.keys()]
        .map(({ set, sha256 }) => `${set} ${sha256}`)
        .sort()
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 16)
  const folder = join(cache, `system-${lock.architecture}-${name}`)
  const system = { tar: join(folder, 'system.tar'), boot: join(folder, 'boot') }
  if (
    await stat(folder).then(
      () => true,
      () => false,
    )
  )
    return system
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, '.system-'))
  try {
    const root = join(work, 'root')
    await setUp({ ...options, work, root })
    await clean(root)
    const fresh = join(work, 'fresh')
    await mkdir(join(fresh, 'boot'), { recursive: true })
    const unpacked = [...packages].filter(([{ set }]) => set === 'boot' || set.startsWith('kernel'))
    onLine('kernel and firmware')
    await unpackKernel({
      debs: unpacked.map(([, path]) => path),
      architecture: lock.architecture,
      root,
      boot: join(fresh, 'boot'),
      work: join(work, 'unpacked'),
      isWanted: (path) => wantedFirmware.some((rule) => rule.test(path)),
    })
    const sorted = ['--sort=name', `--mtime=@${lock.epoch}`, '--numeric-owner', '--format=posix']
    const noTimes = '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime'
    await runProgram({
      command: 'tar',
      args: [...sorted, noTimes, '-C', root, '-cf', join(fresh, 'system.tar'), '.'],
    })
    await rename(fresh, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return system
}

async function setUp(
  options: Parameters<typeof baseSystem>[0] & { work: string; root: string },
): Promise<void> {
  const { lock, packages, hasScreen, work, root, onLine, signal } = options
  const repository = join(work, 'packages')
  await mkdir(repository)
  const index = join(repository, 'Packages')
  await writeFile(index, '')
  for (const [one, path] of packages) {
    if (one.set !== 'system' && one.set !== 'screen') continue
    const name = basename(one.file)
    await link(path, join(repository, name)).catch(() => symlink(path, join(repository, name)))
    const control = await runProgram({ command: 'dpkg-deb', args: ['-f', path] })
    await appendFile(
      index,
      `${control.trim()}\nFilename: ./${name}\nSize: ${one.size}\nSHA256: ${one.sha256}\n\n`,
    )
  }
  // mmdebstrap takes what is essential from the release that it is asked for.
  const { size } = await stat(index)
  await writeFile(
    join(repository, 'Release'),
    `Codename: ${lock.release}\nDate: ${new Date(lock.epoch * 1000).toUTCString()}\nSHA256:\n ${await sha256Of(index)} ${size} Packages\n`,
  )
  await registerEmulation(lock.architecture)
  const names = [...systemPackages, ...(hasScreen ? screenPackages : [])]
  await runProgram({
    command: 'mmdebstrap',
    args: [
      '--mode=root',
      '--format=directory',
      '--variant=essential',
      `--architectures=${lock.architecture}`,
      `--include=${names.join(',')}`,
      ...['man/*', 'info/*', 'locale/*', 'lintian/*', 'bash-completion/*', 'zsh/*'].map(
        (path) => `--dpkgopt=path-exclude=/usr/share/${path}`,
      ),
      '--dpkgopt=path-exclude=/usr/share/doc/*',
      '--dpkgopt=path-include=/usr/share/doc/*/copyright',
      lock.release,
      root,
      `deb [trusted=yes] copy:${repository} ./`,
    ],
    env: { SOURCE_DATE_EPOCH: String(lock.epoch), DEBIAN_FRONTEND: 'noninteractive' },
    onLine,
    ...(signal === undefined ? {} : { signal }),
  })
}

/** What differs from time to time, or between machines, or belongs to one machine alone. */
async function clean(root: string): Promise<void> {
  const gone = [
    'etc/hostname',
    'etc/resolv.conf',
    'etc/.pwd.lock',
    'etc/fstab',
    'etc/mtab',
    'etc/apt/sources.list',
  ]
  const backups = ['passwd-', 'group-', 'shadow-', 'gshadow-', 'subuid-', 'subgid-'].map(
    (name) => `etc/${name}`,
  )
  for (const path of [...gone, ...backups]) await rm(join(root, path), { force: true })
  for (const folder of [
    'dev',
    'proc',
    'sys',
    'run',
    'tmp',
    'boot',
    'root',
    'var/tmp',
    'var/log',
    'var/cache',
    'var/lib/apt',
    'var/lib/systemd',
  ])
    for (const name of await readdir(join(root, folder)).catch(() => []))
      await rm(join(root, folder, name), { recursive: true, force: true })
  for (const name of await readdir(join(root, 'etc/ssh')).catch(() => []))
    if (name.startsWith('ssh_host_')) await rm(join(root, 'etc/ssh', name))
  for (const name of [
    'status-old',
    'available',
    'available-old',
    'lock',
    'lock-frontend',
    'diversions-old',
    'statoverride-old',
  ])
    await rm(join(root, 'var/lib/dpkg', name), { force: true })
  // Empty: each start makes one in memory, and is not taken for a first start.
  await writeFile(join(root, 'etc/machine-id'), '')
  // What the system would make anew at every start is there, and as new as the system.
  for (const folder of ['etc', 'var']) await writeFile(join(root, folder, '.updated'), '')
}
