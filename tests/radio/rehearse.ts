import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { work } from './guest/work.ts'

const script = join(import.meta.dirname, 'rehearsal.sh')
const namespaces = ['--mount', '--propagation', 'private', '--net', '--pid', '--fork', '--kill-child']

/**
 * Fills opt/mesh-art/compiled of the system in `tree` with what Node compiled (NODE_COMPILE_CACHE) while program and tests ran on this machine, for every user:
 * compiling takes the emulated one longer than all else. The same program at the same place, so it is what would be made there.
 */
export function rehearse(tree: string, scratch: string): void {
  const compiled = join(tree, 'system/opt/mesh-art/compiled')
  for (const folder of [scratch, compiled]) mkdirSync(folder, { recursive: true })
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [...namespaces, 'sh', script, tree, scratch, compiled, work],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (status !== 0) throw new Error(`the rehearsal failed:\n${stdout.slice(-4000)}${stderr.slice(-4000)}`)
  const folders = readdirSync(compiled)
  if (folders.length === 0) throw new Error('nothing was compiled')
  // Named by version, flags (a node has others than a command) and, last, the user it belongs to: whoever takes it writes a number of its own.
  for (const name of folders) renameSync(join(compiled, name), join(compiled, name.replace(/-\d+$/, '-')))
}
