import { flushCompileCache } from 'node:module'
import { networkInterfaces } from 'node:os'
import { Command } from 'commander'
import { ArrivalNotes } from '../cli/arrival-notes.ts'
import { oneLine } from '../cli/errors.ts'
import { ServiceNotifier } from '../cli/service-notifier.ts'
import { formatBytes, note, print, printQrCode, ProgressLine } from '../cli/output.ts'
import { collectAtRest } from '../lifecycle/collect-at-rest.ts'
import { ConfigError, loadConfig } from '../config.ts'
import type { NodeConfig, NodeFlags } from '../config.ts'
import type { ExhibitionNode } from '../exhibition-node.ts'
import { InviteError, parseInvite } from '../wire/invite.ts'

/** A second signal, or this long after the first, ends the process whatever still runs. */
const STOP_TIMEOUT_MS = 10_000
const ONE_WISH_MS = 500
/** When visitors' first requests are answered, what was compiled is written down. */
const COMPILED_AFTER_MS = 5000
/** EX_TEMPFAIL of sysexits.h: to be started again. */
const RESTART_CODE = 75
let exitCode = 0

const collect = (value: string, all: string[] = []): string[] => [...all, value]

interface Options extends Omit<NodeFlags, 'peer' | 'listen'> {
  config?: string
  listen?: string[]
  peer?: string[]
  collection: boolean
}

export function nodeCommand(): Command {
  return new Command('node')
    .description(
      'runs a node; in a new data directory it founds an exhibition with the house collection, or joins one by invite',
    )
    .option('--config <file>', 'settings as YAML (firmware-config/node.yaml.example); flags win over it')
    .option('--data-dir <dir>', 'where the node keeps everything (default: data)')
    .option('--http <host:port>', 'where visitors reach it (default: 0.0.0.0:8080)')
    .option(
      '--listen <multiaddr>',
      'where other nodes reach it; may be given several times (default: /ip4/0.0.0.0/tcp/0)',
      collect,
    )
    .option(
      '--peer <multiaddr>',
      'a node to call besides those that mDNS finds; may be given several times',
      collect,
    )
    .option('--no-mdns', 'does not look for nodes with mDNS')
    .option('--name <name>', 'what the node is called (default: the name of this computer)')
    .option('--join <invite>', 'an invite of the exhibition to join')
    .option('--no-collection', 'does not found the house exhibition in a new data directory')
    .option('--log-level <level>', 'fatal, error, warn, info, debug, trace or silent (default: info)')
    .addHelpText(
      'after',
      `
Stop it with Ctrl+C. A second start with the same --data-dir goes on where it stopped.
Without --config, and without any option, it is a node on port 8080 of this computer with its data in ./data.

Examples:
  mesh-art node
  mesh-art node --http 127.0.0.1:9000 --data-dir /srv/mesh-art --name 'OBA, 2nd floor'
  mesh-art node --data-dir second --http :8081 --join mesh-art-invite:…`,
    )
    .action(run)
}

async function run(options: Options, command: Command): Promise<void> {
  const { config: file, collection, mdns, ...flags } = options
  const config = loadConfig({
    ...(file === undefined ? {} : { file }),
    // A default of commander's is no wish of the user's: the file's setting counts unless --no-mdns was typed.
    flags: {
      ...flags,
      ...(command.getOptionValueSource('mdns') === 'cli' && mdns !== undefined ? { mdns } : {}),
    },
  })
  if (config.join !== undefined) checkInvite(config.join, flags.join === undefined ? 'join' : '--join')
  let hasHung = false
  const line = new ProgressLine()
  const arrivals = new ArrivalNotes((text) => {
    line.done()
    note(text)
  })
  // Here and not above: the other commands need neither libp2p nor fastify, and start in a fraction of the time.
  const [{ ExhibitionNode }, { createLogger }, { LogRing }] = await Promise.all([
    import('../exhibition-node.ts'),
    import('../cli/logger.ts'),
    import('../technician/log-ring.ts'),
  ])
  const service = new ServiceNotifier()
  service.start()
  const log = new LogRing()
  const node = new ExhibitionNode({
    config,
    logger: await createLogger(config.log.level, log),
    log,
    // Set by systemd for what it starts, and would start again.
    restart: process.env['INVOCATION_ID'] === undefined ? null : restart,
    houseCollection: collection,
    progress: {
      founding: () =>
        note(`Nothing in ${config.dataDir} yet: founding an exhibition with the house collection.`),
      joining: (exhibition) => {
        note(`Looking for a node of ${exhibition} that can let this one in …`)
        service.ready('looking for a node that can let this one in')
      },
      refused: (peer, reason) => note(`${peer} did not let this node in: ${explain(reason)}; looking on.`),
      hanging: (slug, index, total) => note(`Hanging ${slug} (${index + 1} of ${total})`),
      reading: (slug, read, total) => line.show(`${slug}: ${formatBytes(read)} of ${formatBytes(total)}`),
      works: (counts) => {
        if (hasHung) arrivals.tell(counts)
      },
    },
  })
  const isStopping = stopOnSignals(node, service)
  try {
    await node.start()
    announce(node, config)
    service.ready('shows the exhibition')
    collectAtRest()
    await hang(node)
    // Not only when it ends: a node whose power is cut starts as quickly the next time.
    setTimeout(flushCompileCache, COMPILED_AFTER_MS).unref()
    hasHung = true
    arrivals.tell(node.works())
  } catch (err) {
    // Whoever asked it to stop, stops it; what was under way then fails, and that is no mistake.
    if (isStopping()) return
    await node.stop()
    throw err
  } finally {
    line.done()
  }
}

/** A node that shows something goes on with what it has. One that was just made, and has nothing to show, does not. */
async function hang(node: ExhibitionNode): Promise<void> {
  try {
    await node.hangHouseCollection()
  } catch (err) {
    if (node.founded) throw err
    note(`mesh-art: the house collection is not all hung: ${oneLine(err)}. The node runs on.`)
  }
}

function checkInvite(invite: string, path: string): void {
  try {
    parseInvite(invite)
  } catch (cause) {
    if (!(cause instanceof InviteError)) throw cause
    throw new ConfigError([{ path, message: cause.message }], { cause })
  }
}

function explain(reason: string): string {
  const reasons: Record<string, string> = {
    'no-steward-here': "it does not hold the exhibition's key",
    'bad-invite': 'it does not know the invite; is it the newest, copied whole?',
    'other-exhibition': 'it belongs to another exhibition',
    'not-granted': 'this node was revoked',
  }
  return reasons[reason] ?? reason
}

function announce(node: ExhibitionNode, config: NodeConfig): void {
  const { host, port } = node.http
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const local = `http://${isEverywhere ? 'localhost' : host}:${port}`
  const elsewhere = isEverywhere ? lanAddresses().map((address) => `http://${address}:${port}`) : []
  print(`Node '${config.name}' shows the exhibition at`)
  print()
  for (const url of [local, ...elsewhere]) print(`    ${url}/`)
  print()
  const [forPhones] = elsewhere
  if (forPhones !== undefined) printQrCode(`${forPhones}/`)
  const invite = node.invite()
  if (invite !== null) {
    print('Another node joins with')
    print()
    print(`    npm start -- --join ${invite}`)
    print()
  }
  print(`In the mesh as ${node.did}`)
  print(
    `at ${node.addresses.join(' ') || 'no address'}${config.mesh.mdns ? ', looking for neighbours with mDNS' : ''}`,
  )
}

/** IPv4 addresses of this computer that a phone on its network can reach. */
function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && address.family === 'IPv4' && !address.internal)
    .map((address) => address?.address ?? '')
}

/** Stops as when the service is told to, and leaves with a code that has it start again (Restart=on-failure). */
function restart(): void {
  exitCode = RESTART_CODE
  process.kill(process.pid, 'SIGTERM')
}

/** @returns whether it was asked to stop */
function stopOnSignals(node: ExhibitionNode, service: ServiceNotifier): () => boolean {
  let stoppingSinceMs: number | undefined
  const stop = (why: string): void => {
    const now = performance.now()
    if (stoppingSinceMs !== undefined) {
      // Ctrl+C reaches npm as well, which passes it on: one wish that comes twice.
      if (now - stoppingSinceMs > ONE_WISH_MS) process.exit(1)
      return
    }
    stoppingSinceMs = now
    service.stopping()
    note(`\n${why}: stopping …`)
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    node.stop().then(
      () => process.exit(exitCode),
      (err: unknown) => {
        note(`mesh-art: ${oneLine(err)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // Started by a program that holds a channel to it (mesh-art demo): not left behind when that one is killed.
  if (process.connected) process.once('disconnect', () => stop('the program that started it is gone'))
  return () => stoppingSinceMs !== undefined
}
