import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RenderedNode } from '../../firmware-config/render/render-node.ts'

/** Below a node's folder: what lies on the node, as it lies there. */
export const rootFolder = 'root'
export const manifestName = 'manifest.json'
/** By which a folder is known as one of ours, and may be written anew. */
export const markName = '.mesh-art-firmware'

/** Writes one node's files into `dir/NAME`, in one step: a folder is whole, or as it was. */
export async function writeRendered(dir: string, { name, files, manifest }: RenderedNode): Promise<void> {
  const folder = join(dir, name)
  const fresh = join(dir, `.${name}.new`)
  await rm(fresh, { recursive: true, force: true })
  const made = new Set<string>()
  for (const file of files) {
    const path = join(fresh, rootFolder, file.path)
    const parent = dirname(path)
    if (!made.has(parent)) await mkdir(parent, { recursive: true })
    made.add(parent)
    if ('link' in file) await symlink(file.link, path)
    else {
      await writeFile(path, file.content, { mode: file.mode, flag: 'wx' })
      // Whatever the umask of who renders.
      await chmod(path, file.mode)
    }
  }
  await writeFile(join(fresh, manifestName), manifest)
  await chmod(fresh, 0o700)
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
}
