import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { CommandError } from '../cli/errors.ts'
import { note, print } from '../cli/output.ts'
import { programDir } from '../version.ts'

const MAX_NODES = 20
const START_TIMEOUT_MS = 60_000
const NAMES = ['OBA', 'NEMO', 'Waag', 'Pakhuis de Zwijger']

export function demoCommand(): Command {
  return new Command('demo')
    .description('runs several nodes of one exhibition on this computer, each at its own port')
    .option('--nodes <n>', `how many, 1 to ${MAX_NODES}`, parseCount, 3)
    .option('--data-dir <dir>', 'where they keep everything', 'data/demo')
    .option('--port <port>', 'port of the first; the others follow', parsePort, 8080)
    .option('--log-level <level>', 'of the nodes', 'warn')
    .action(demo)
}

function parseCount(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1 || n > MAX_NODES)
    throw new InvalidArgumentError(`must be 1 to ${MAX_NODES}.`)
  return n
}

function parsePort(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1 || n > 65_535 - MAX_NODES)
    throw new InvalidArgumentError('must be a port.')
  return n
}

/** Real nodes in processes of their own: what a visitor meets, only closer together. The first founds, the others join. */
async function demo(options: {
  nodes: number
  dataDir: string
  port: number
  logLevel: string
}): Promise<void> {
  const children: ChildProcess[] = []
  let isStopping = false
  const stop = (): void => {
    isStopping = true
    for (const child of children) child.kill('SIGTERM')
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const start = (index: number, invite: string | null): Promise<string | null> => {
    const name = NAMES[index] ?? `Node ${index + 1}`
    const args = [
      join(programDir, 'node', 'bin.js'),
      'node',
      ...['--name', name],
      ...['--data-dir', join(resolve(options.dataDir), `node-${index + 1}`)],
      ...['--http', `127.0.0.1:${options.port + index}`],
      ...['--listen', '/ip4/127.0.0.1/tcp/0'],
      ...['--log-level', options.logLevel],
      ...(invite === null ? [] : ['--join', invite]),
    ]
    const child = spawn(process.execPath, [...process.execArgv, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    return untilStarted(child, name, () => isStopping, stop)
  }
  try {
    const invite = await start(0, null)
    const rest = Array.from({ length: options.nodes - 1 }, (_, i) => i + 1)
    await Promise.all(rest.map((index) => start(index, invite)))
    print(`${options.nodes} nodes of one exhibition:`)
    for (let i = 0; i < options.nodes; i++)
      print(`    http://localhost:${options.port + i}/  ${NAMES[i] ?? `Node ${i + 1}`}`)
    print('Ctrl+C stops them all.')
    await Promise.all(children.map((child) => new Promise((ended) => child.once('exit', ended))))
  } catch (err) {
    if (!isStopping) throw err
  } finally {
    stop()
  }
}

/** Resolves with the invite it prints (null if it prints none) once the node says where it is. */
function untilStarted(
  child: ChildProcess,
  name: string,
  isStopping: () => boolean,
  stopAll: () => void,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let said = ''
    const slow = setTimeout(() => note(`still waiting for ${name} …`), START_TIMEOUT_MS / 6)
    const timer = setTimeout(
      () => reject(new CommandError(`${name} did not start within a minute`)),
      START_TIMEOUT_MS,
    )
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (!said.includes('In the mesh as')) return
      clearTimeout(timer)
      clearTimeout(slow)
      resolve(/--join (\S+)/.exec(said)?.[1] ?? null)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      clearTimeout(slow)
      if (!isStopping()) note(`${name} ended (${code ?? 'killed'}); stopping the others.`)
      stopAll()
      reject(new CommandError(`${name} did not start`))
    })
  })
}
