import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageError } from './image-error.ts'
import { runProgram } from './run-program.ts'
import type { Architecture } from './system-packages.ts'

/** What comes with packages and is never run on a node. */
const unneeded = ['typescript', '@typescript']

/**
 * Installs this checkout's program below `root`, with what it needs in production for another architecture:
 * the same installer that a technician uses, with npm told which computer it is for.
 */
export async function nodeProgram(options: {
  readonly programDir: string
  readonly architecture: Architecture
  readonly root: string
  readonly onLine: (line: string) => void
  readonly signal?: AbortSignal
}): Promise<void> {
  const { programDir, architecture, root, onLine, signal } = options
  if (!existsSync(join(programDir, 'exhibit-ui/dist/index.html')))
    throw new ImageError(`the pages are not built: first run 'npm run build' in ${programDir}`)
  await mkdir(root, { recursive: true })
  await runProgram({
    command: 'sh',
    args: [join(programDir, 'firmware-config/install.sh'), '--root', root],
    env: {
      npm_config_os: 'linux',
      npm_config_cpu: architecture === 'arm64' ? 'arm64' : 'x64',
      npm_config_libc: 'glibc',
      npm_config_prefer_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_loglevel: 'error',
    },
    onLine,
    ...(signal === undefined ? {} : { signal }),
  })
  const releases = join(root, 'opt/mesh-art/releases')
  for (const release of await readdir(releases)) {
    const modules = join(releases, release, 'node_modules')
    const runtime = `node-linux-${architecture === 'arm64' ? 'arm64' : 'x64'}`
    if (!existsSync(join(modules, runtime, 'bin/node')))
      throw new ImageError(
        `npm brought no Node for ${architecture}: is optionalDependencies of package.json whole?`,
      )
    for (const name of unneeded) await rm(join(modules, name), { recursive: true, force: true })
    for (const name of ['include', 'share', 'CHANGELOG.md'])
      await rm(join(modules, runtime, name), { recursive: true, force: true })
  }
}

/** As package.json has it. */
export async function programVersion(programDir: string): Promise<string> {
  const text = await readFile(join(programDir, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
