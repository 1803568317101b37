import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const projectDir = join(import.meta.dirname, '..', '..')
const tellsItsCache = `
import { getCompileCacheDir } from 'node:module'
process.on('exit', () => console.error('cache:', getCompileCacheDir(), process.execArgv.join(' ')))`

/** What a program says of its own process when it ends. */
function cacheOf(env: NodeJS.ProcessEnv, ...args: string[]): string {
  const { NODE_COMPILE_CACHE: _, ...others } = process.env
  const { stderr } = spawnSync(process.execPath, [join(projectDir, 'node', 'bin.js'), ...args], {
    encoding: 'utf8',
    env: {
      ...others,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellsItsCache)}`,
      ...env,
    },
  })
  return stderr
}

describe('compiled code', () => {
  it.each([['--version'], ['node', '--help']])('is kept beside the program by mesh-art %j', (...args) => {
    expect(cacheOf({}, ...args)).toContain(`cache: ${join(projectDir, 'node_modules', '.cache', 'mesh-art')}`)
  })

  it('is read by the process that a node becomes, with settings for a small machine', () => {
    expect(cacheOf({}, 'node', '--help')).toMatch(
      /^cache: \S+ .*--max-semi-space-size=4.*--heap-growing-percent=30.*--expose-gc/m,
    )
  })

  it('is kept where the environment says, if it says so', () => {
    const dir = join(projectDir, 'node_modules', '.cache', 'mesh-art-test')
    expect(cacheOf({ NODE_COMPILE_CACHE: dir }, 'node', '--help')).toContain(`cache: ${dir}`)
  })
})
