// Runs a program of this project with the Node that npm installed beside it, whatever Node started this. Plain JavaScript that
// any Node reads. Needed since npm 9, as Debian 12 brings it, does not link the runtime as node_modules/.bin/node
// (docs/decisions/0002). Use: node node/with-runtime.js PROGRAM [ARGUMENT …]
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OLDEST_MAJOR = 24
const root = fileURLToPath(new URL('..', import.meta.url))

/** The pinned runtime for this machine, or null where there is none: elsewhere the machine's own Node does. */
function pinnedRuntime() {
  const path = resolve(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  return process.platform === 'linux' && existsSync(path) ? realpathSync(path) : null
}

/**
 * @param {string} program path of a module
 * @param {string[]} args
 */
export async function runWithRuntime(program, args) {
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
  if (isIt) {
    process.argv = [process.execPath, program, ...args]
    await import(pathToFileURL(program).href)
    return
  }
  const child = spawn(runtime, [...process.execArgv, program, ...args], { stdio: 'inherit' })
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
