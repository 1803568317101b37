import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import { ImageError } from './image-error.ts'
import { initramfs, initramfsModules, readModuleNeeds } from './initramfs.ts'
import { runProgram } from './run-program.ts'
import { startingFiles } from './starting-files.ts'
import type { Architecture } from './system-packages.ts'

const compress = promisify(zstdCompress)
/** Of the kernel, what no node has. */
const unneeded =
  /^kernel\/(sound|drivers\/(media|infiniband|iio|staging|isdn|comedi|accel|fpga|nfc|parport|mtd|edac|vdpa|vfio|xen|hv)|drivers\/gpu\/drm\/(amd|nouveau|radeon|xe)|drivers\/net\/(ethernet\/(mellanox|chelsio|qlogic|netronome|marvell\/prestera|sfc|pensando|cavium|freescale|hisilicon|ti|huawei)|can|wan|arcnet|hamradio|fddi|ieee802154)|fs\/(xfs|btrfs|ocfs2|gfs2|ceph|nfs|nfsd|smb|afs|jfs|nilfs2|f2fs|reiserfs|ubifs|orangefs|bcachefs|lockd|dlm))\//

/** Unpacks kernel and firmware into a system, and makes what a board starts with. Nothing of theirs is run. */
export async function unpackKernel(options: {
  readonly debs: readonly string[]
  readonly architecture: Architecture
  readonly root: string
  /** Gets vmlinuz, busybox, initramfs/, dtb/, pi/ and efi/. */
  readonly boot: string
  readonly work: string
  readonly isWanted: (firmware: string) => boolean
}): Promise<void> {
  const { debs, root, boot, work } = options
  await mkdir(work, { recursive: true })
  for (const deb of debs) await runProgram({ command: 'dpkg-deb', args: ['-x', deb, work] })
  const modulesFolder = join(work, 'usr/lib/modules')
  const [version] = await readdir(modulesFolder)
  if (version === undefined) throw new ImageError('the locked kernel brings no modules')
  const modules = join(modulesFolder, version)
  for (const path of await filesBelow(modules)) if (unneeded.test(path)) await rm(join(modules, path))
  const depmod = ['-b', join(work, 'usr'), version]
  await runProgram({ command: 'depmod', args: depmod })
  // Later kernels have more of theirs in this folder, and a slot needs none of it.
  const isModules = (path: string): boolean => /^$|^kernel(\/|$)|^modules\./.test(relative(modules, path))
  await cp(modules, join(root, 'usr/lib/modules', version), { recursive: true, filter: isModules })
  await prepareInitramfs({ modules, version, into: join(boot, 'initramfs') })

  const starting = startingFiles(await filesBelow(work))
  for (const name of ['vmlinuz', 'busybox'])
    if (!starting.has(name)) throw new ImageError(`the locked packages bring no ${name}`)
  for (const [name, path] of starting) {
    await mkdir(dirname(join(boot, name)), { recursive: true })
    await cp(join(work, path), join(boot, name))
  }

  const firmware = join(work, 'usr/lib/firmware')
  for (const path of await filesBelow(firmware)) {
    if (!options.isWanted(path)) continue
    const to = join(root, 'usr/lib/firmware', path)
    await mkdir(dirname(to), { recursive: true })
    await cp(join(firmware, path), to, { verbatimSymlinks: true })
  }
  for (const name of await readdir(join(work, 'usr/share/doc')))
    await cp(join(work, 'usr/share/doc', name, 'copyright'), join(root, 'usr/share/doc', name, 'copyright'))
}

/** The modules of an initramfs, unpacked: busybox's modprobe reads no xz. */
async function prepareInitramfs(options: {
  readonly modules: string
  readonly version: string
  readonly into: string
}): Promise<void> {
  const { modules, version } = options
  const into = join(options.into, 'lib/modules', version)
  const packed = initramfsModules(readModuleNeeds(await readFile(join(modules, 'modules.dep'), 'utf8')))
  for (const path of packed) {
    await mkdir(dirname(join(into, path)), { recursive: true })
    await cp(join(modules, path), join(into, path))
  }
  const compressed = packed.filter((path) => path.endsWith('.xz'))
  if (compressed.length > 0)
    await runProgram({ command: 'xz', args: ['-d', ...compressed.map((path) => join(into, path))] })
  for (const name of ['modules.order', 'modules.builtin', 'modules.builtin.modinfo'])
    await cp(join(modules, name), join(into, name))
  await runProgram({ command: 'depmod', args: ['-b', options.into, version] })
}

/** The initramfs, from what was unpacked of the kernel and busybox. @param boot folder that `unpackKernel` filled */
export async function makeInitramfs(
  boot: string,
  scripts: { readonly init: Uint8Array; readonly spendTry: Uint8Array },
): Promise<Uint8Array> {
  const folder = join(boot, 'initramfs/lib/modules')
  const [version = ''] = await readdir(folder)
  const files = new Map<string, Uint8Array>()
  for (const path of await filesBelow(join(folder, version))) {
    if (path.endsWith('.bin') || path === 'modules.devname' || path.startsWith('modules.builtin.')) continue
    files.set(path, await readFile(join(folder, version, path)))
  }
  const archive = initramfs({
    busybox: await readFile(join(boot, 'busybox')),
    ...scripts,
    version,
    modules: files,
  })
  return compress(archive, { params: { [constants.ZSTD_c_compressionLevel]: 15 } })
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
