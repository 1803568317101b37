import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cached.ts'
import { makeDiskImage } from './disk-image.ts'

const init = join(import.meta.dirname, 'emulated-init.sh')

export interface DebianRootInit {
  readonly cache: string
  readonly say: (line: string) => void
  readonly name: string
  readonly packages: readonly string[]
}

export interface DebianRoot {
  readonly disk: string
  readonly kernel: string
  readonly initrd: string
}

const suite = 'trixie'
/** What the kernel needs to come to its disks: the rest it loads from there. */
const modules = ['virtio_pci', 'virtio_blk', 'virtio_console', 'ext4']
const mirror = process.env['DEBIAN_MIRROR'] ?? 'http://deb.debian.org/debian'
const sizeMiB = 4096

/** A Debian 13 of this machine's architecture with the kernel's own package, by mmdebstrap: needs root. */
export async function debianRoot({ cache, say, name, packages }: DebianRootInit): Promise<DebianRoot> {
  const include = ['linux-image-amd64', 'systemd-sysv', 'udev', 'kmod', 'iproute2', ...packages]
  const recipe = JSON.stringify([suite, modules, include, sizeMiB, readFileSync(init, 'utf8')])
  const folder = await cached({
    cache,
    name,
    recipe,
    say,
    make: async (into) => {
      const root = join(into, 'root')
      const hooks = join(into, 'hooks')
      mkdirSync(hooks)
      writeFileSync(join(hooks, 'mesh-art.conf'), 'MODULES=list\nCOMPRESS=lz4\n')
      writeFileSync(join(hooks, 'modules'), modules.join('\n'))
      await run('mmdebstrap', [
        '--variant=minbase',
        '--architectures=amd64',
        '--aptopt=Apt::Install-Recommends "false"',
        `--include=${[...include, 'lz4'].join(',')}`,
        `--essential-hook=mkdir -p "$1"/etc/initramfs-tools/conf.d && cp ${hooks}/mesh-art.conf "$1"/etc/initramfs-tools/conf.d/ && cp ${hooks}/modules "$1"/etc/initramfs-tools/`,
        `--customize-hook=install -m 755 ${init} "$1"/usr/sbin/emulated-init`,
        '--customize-hook=chroot "$1" journalctl --update-catalog',
        '--customize-hook=rm -rf "$1"/usr/share/doc "$1"/usr/share/locale "$1"/usr/share/man',
        suite,
        root,
        mirror,
      ])
      const boot = join(root, 'boot')
      for (const [from, to] of [
        ['vmlinuz', 'kernel'],
        ['initrd.img', 'initrd'],
      ] as const) {
        const found = readdirSync(boot).find((entry) => entry.startsWith(`${from}-`))
        if (found === undefined) throw new Error(`the kernel's package brought no ${from}`)
        copyFileSync(join(boot, found), join(into, to))
      }
      makeDiskImage({ path: join(into, 'root.ext4'), folder: root, label: 'root', sizeMiB })
      rmSync(root, { recursive: true, force: true })
      rmSync(hooks, { recursive: true, force: true })
    },
  })
  return { disk: join(folder, 'root.ext4'), kernel: join(folder, 'kernel'), initrd: join(folder, 'initrd') }
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C.UTF-8' },
  })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-8000)))
  const status = await new Promise((settle, fail) => {
    child.once('error', fail)
    child.once('close', settle)
  })
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}:\n${said}`)
}
