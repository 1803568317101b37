/**
 * `npm run dev`: a node that starts again when its program changes, and the pages with hot reload before it, at one address.
 * Words after `npm run dev --` go to the node: `npm run dev -- --join mesh-art-invite:…`.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createNetServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createServer } from 'vite'
import type { ViteDevServer } from 'vite'
import { makeFirstFonts } from './first-fonts.ts'

const project = resolve(import.meta.dirname, '..')
/** The node gives itself ten seconds. */
const STOP_TIMEOUT_MS = 12_000
/** Of the node, not of the pages. */
const NODE_PATHS =
  '^/(api|works|renditions|portal|(?:nl|en)/(?:lite|print)|lite|ipfs|preview-frame|healthz|readyz|metrics|problems|source\\.tar\\.gz)(/|\\?|$)'

/** A port that stays the same when the node is started again. */
async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

function startNode(port: number): ChildProcess {
  const watched = ['node', 'artworks/format'].map((folder) => `--watch-path=${join(project, folder)}`)
  return spawn(
    process.execPath,
    [
      ...['--watch', '--watch-preserve-output', ...watched],
      ...[join(project, 'node', 'bin.js'), 'node'],
      ...['--data-dir', join(project, 'data', 'dev'), '--http', `127.0.0.1:${port}`],
      ...process.argv.slice(2),
    ],
    // What it prints on stdout is its own address and invite: here only the address of the pages is of use.
    { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] },
  )
}

async function startPages(node: string): Promise<ViteDevServer> {
  // Read by vite.config.ts, whose own paths come first.
  process.env['MESH_ART_NODE'] = node
  await makeFirstFonts()
  const server = await createServer({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    logLevel: 'warn',
    clearScreen: false,
    server: { host: '127.0.0.1', proxy: { [NODE_PATHS]: node } },
  })
  await server.listen()
  return server
}

const port = await freePort()
const node = startNode(port)
const ended = once(node, 'exit')
const pages = await startPages(`http://127.0.0.1:${port}`)
process.stdout.write(
  `The gallery, reloading as you change it: ${pages.resolvedUrls?.local[0] ?? ''}\nCtrl+C stops it.\n`,
)

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  node.kill('SIGTERM')
  const cut = setTimeout(() => node.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await Promise.all([pages.close(), ended])
  clearTimeout(cut)
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
await ended
await stop()
