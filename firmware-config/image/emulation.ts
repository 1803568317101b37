import { access, readFile, writeFile } from 'node:fs/promises'
import { arch } from 'node:process'
import { ImageError } from './image-error.ts'
import { runProgram } from './run-program.ts'
import type { Architecture } from './system-packages.ts'

const folder = '/proc/sys/fs/binfmt_misc'
const rule = '/usr/lib/binfmt.d/qemu-aarch64.conf'

/** True where programs of that architecture run only by qemu. */
export function needsEmulation(architecture: Architecture, machine: string = arch): boolean {
  return architecture !== (machine === 'arm64' ? 'arm64' : 'amd64')
}

/** Sees to it that the kernel hands another architecture's programs to qemu, as systemd-binfmt would. @throws {ImageError} */
export async function registerEmulation(architecture: Architecture): Promise<void> {
  if (!needsEmulation(architecture)) return
  if (architecture !== 'arm64')
    throw new ImageError('a card for amd64 is made on amd64: on this machine its programs do not run')
  const isThere = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    )
  if (!(await isThere(`${folder}/register`)))
    await runProgram({ command: 'mount', args: ['-t', 'binfmt_misc', 'binfmt_misc', folder] })
  if (await isThere(`${folder}/qemu-aarch64`)) return
  await writeFile(`${folder}/register`, (await readFile(rule, 'utf8')).trim())
}
