import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RenderedNode } from '../../firmware-config/render/render-node.ts'

/** Below a node's folder: what lies on the node, as it lies there. */
export const rootFolder = 'root'
export const manifestName = 'manifest.json'
/** By which a folder is known as one of ours, and may be written anew. */
export const markName = '.mesh-art-firmware'

/**
 * Writes one node's files into `dir/NAME`, in one step: a folder is whole, or as it was. In one go, without giving others a turn:
 * a venue has thousands of small files, and waiting for each costs more than writing it.
 */
export function writeRendered(dir: string, { name, files, manifest }: RenderedNode): void {
  const folder = join(dir, name)
  const fresh = join(dir, `.${name}.new`)
  rmSync(fresh, { recursive: true, force: true })
  // Modes are as rendered, whatever the umask of who renders.
  const umask = process.umask(0)
  try {
    mkdirSync(fresh, { recursive: true, mode: 0o700 })
    const made = new Set<string>()
    for (const file of files) {
      const path = join(fresh, rootFolder, file.path)
      const parent = dirname(path)
      if (!made.has(parent)) mkdirSync(parent, { recursive: true, mode: 0o755 })
      made.add(parent)
      if ('link' in file) symlinkSync(file.link, path)
      else writeFileSync(path, file.content, { mode: file.mode, flag: 'wx' })
    }
    writeFileSync(join(fresh, manifestName), manifest, { mode: 0o644 })
  } finally {
    process.umask(umask)
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
}
