import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { CommandError } from '../cli/errors.ts'
import { note, print } from '../cli/output.ts'
import { StartedNode } from '../cli/started-node.ts'
import { logLevels } from '../config.ts'

const MAX_NODES = 20
const NAMES = ['OBA', 'NEMO', 'Waag', 'Pakhuis de Zwijger']

interface Options {
  nodes: number
  dataDir: string
  port: number
  logLevel: string
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('runs several nodes of one exhibition on this computer, each at its own port')
    .option('--nodes <n>', `how many, 1 to ${MAX_NODES}`, parseCount, 3)
    .option('--data-dir <dir>', 'where they keep everything', 'data/demo')
    .option('--port <port>', 'port of the first, the others follow; 0: any that are free', parsePort, 8080)
    .addOption(new Option('--log-level <level>', 'of the nodes').choices(logLevels).default('warn'))
    .addHelpText('after', '\nStop them with Ctrl+C.\n\nExample:\n  mesh-art demo --nodes 5 --port 9000')
    .action(demo)
}

function parseCount(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1 || n > MAX_NODES)
    throw new InvalidArgumentError(`must be 1 to ${MAX_NODES}`)
  return n
}

function parsePort(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 0 || n > 65_535 - MAX_NODES)
    throw new InvalidArgumentError(`must be 0 to ${65_535 - MAX_NODES}`)
  return n
}

/** Real nodes in processes of their own: what a visitor meets, only closer together. The first founds, the others join. */
async function demo(options: Options): Promise<void> {
  const nodes: StartedNode[] = []
  let isStopping = false
  const stop = (): void => {
    isStopping = true
    for (const node of nodes) node.stop()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const start = async (index: number, invite: string | null): Promise<StartedNode> => {
    const name = NAMES[index] ?? `Node ${index + 1}`
    const node = new StartedNode(name, [
      ...['--name', name],
      ...['--data-dir', join(resolve(options.dataDir), `node-${index + 1}`)],
      ...['--http', `127.0.0.1:${options.port === 0 ? 0 : options.port + index}`],
      ...['--listen', '/ip4/127.0.0.1/tcp/0'],
      ...['--log-level', options.logLevel],
      ...(invite === null ? [] : ['--join', invite]),
    ])
    nodes.push(node)
    await node.untilStarted()
    return node
  }
  try {
    note(`Starting ${options.nodes} nodes …`)
    const first = await start(0, null)
    const rest = Array.from({ length: options.nodes - 1 }, (_, i) => i + 1)
    await Promise.all(rest.map((index) => start(index, first.invite)))
    print(`${options.nodes} nodes of one exhibition:`)
    for (const { name, url } of nodes) print(`    ${url}  ${name}`)
    print('Ctrl+C stops them all.')
    // They run until they are stopped; the first to end by itself ends the demo.
    const ended = await Promise.race(nodes.map(async (node) => ({ node, why: await node.ended })))
    if (!isStopping) throw new CommandError(`${ended.node.name} ended: ${ended.why}`)
  } catch (err) {
    if (!isStopping) throw err
  } finally {
    stop()
    await Promise.all(nodes.map(async ({ ended }) => ended))
  }
}
