// Runs a program of this project with the Node that npm installed beside it, whatever Node started this. Plain JavaScript that
// any Node reads. Needed since npm 9, as Debian 12 brings it, does not link the runtime as node_modules/.bin/node
// (docs/decisions/0002). Use: node node/with-runtime.js PROGRAM [ARGUMENT …]
import { spawn } from 'node:child_process'
import { accessSync, constants as modes, existsSync, readFileSync, realpathSync } from 'node:fs'
import { constants, homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OLDEST_MAJOR = 24
/**
 * For a program that runs for months on a small machine (docs/decisions/0011, 0059): a young generation of 4 MiB instead of 16, an old one
 * that grows little between two collections, a collection asked for when there is time, …
 */
const FRUGAL_FLAGS = JSON.parse(readFileSync(new URL('frugal-flags.json', import.meta.url), 'utf8'))
/** … and freed memory given back to the system at once, in bytes (mallopt(3)), by two heaps instead of eight a core. */
const FRUGAL_ENV = {
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_ARENA_MAX: '2',
}
const root = fileURLToPath(new URL('..', import.meta.url))

/** The pinned runtime for this machine, or null where there is none: elsewhere the machine's own Node does. */
function pinnedRuntime() {
  const path = resolve(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  return process.platform === 'linux' && existsSync(path) ? realpathSync(path) : null
}

/**
 * Where compiled code is kept between starts, so that the next takes half the time and does without the TypeScript compiler in
 * memory: beside the program or, where that is not ours to write, at the user's. Never in a folder that others may write.
 */
function compileCacheDir() {
  try {
    accessSync(join(root, 'node_modules'), modes.W_OK)
    return join(root, 'node_modules', '.cache', 'mesh-art')
  } catch {
    return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mesh-art')
  }
}

/**
 * @param {string} program path of a module
 * @param {string[]} args
 * @param {{ frugal?: boolean }} options frugal: with little memory, for what runs long
 */
export async function runWithRuntime(program, args, { frugal = false } = {}) {
  const runtime = pinnedRuntime()
  const isIt = runtime === null || realpathSync(process.execPath) === runtime
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (isIt && major < OLDEST_MAJOR) {
    console.error(
      `mesh-art: Node ${OLDEST_MAJOR} or newer is needed, and this is ${major}.${minor}; npm ci installs one on Linux with x86-64 or arm64`,
    )
    process.exitCode = 1
    return
  }
  // What the program starts (tools with a `node` shebang) runs on the same Node.
  if (runtime !== null) process.env.PATH = `${dirname(runtime)}${delimiter}${process.env.PATH ?? ''}`
  const flags = frugal ? FRUGAL_FLAGS.filter((flag) => !process.execArgv.includes(flag)) : []
  const nodeArgs = [...flags, ...process.execArgv, program, ...args]
  if (frugal) for (const [name, value] of Object.entries(FRUGAL_ENV)) process.env[name] ??= value
  process.env.NODE_COMPILE_CACHE ??= compileCacheDir()
  // In this process's place: one with other settings, not one more. A channel to the one that started it would not outlive that.
  if (isIt && flags.length > 0 && process.execve !== undefined && process.channel === undefined) {
    process.execve(process.execPath, [process.execPath, ...nodeArgs], process.env)
  }
  if (isIt) {
    const { enableCompileCache } = await import('node:module')
    enableCompileCache(process.env.NODE_COMPILE_CACHE)
    process.argv = [process.execPath, program, ...args]
    await import(pathToFileURL(program).href)
    return
  }
  const child = spawn(runtime, nodeArgs, { stdio: 'inherit' })
  // From a terminal the child has the signal as well, and counts the two as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    console.error(`mesh-art: ${runtime} does not start: ${error.message}`)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [program, ...args] = process.argv.slice(2)
  if (program === undefined) {
    console.error('mesh-art: node node/with-runtime.js PROGRAM [ARGUMENT …]')
    process.exitCode = 2
  } else {
    await runWithRuntime(resolve(program), args)
  }
}
