import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import { CommandError, oneLine } from '../cli/errors.ts'
import { NodeApi } from '../cli/node-api.ts'
import { verdictOf } from '../cli/verdict.ts'
import { formatBytes, note, print, printJson, table } from '../cli/output.ts'

const WATCH_EVERY_MS = 2_000

export function statusCommand(): Command {
  return new Command('status')
    .description('says whether the mesh is well, what a running node holds, and which neighbours it has')
    .option('--node <url>', 'the node to ask', 'http://localhost:8080')
    .option('--watch', 'stays, and shows what changes; Ctrl+C ends it')
    .option('--json', 'prints data; with --watch one line each time')
    .addHelpText('after', '\nExample:\n  mesh-art status --watch --node http://192.168.4.1:8080')
    .action(status)
}

interface Options {
  readonly node: string
  readonly json?: boolean
  readonly watch?: boolean
}

async function status(options: Options): Promise<void> {
  const api = new NodeApi(options.node)
  if (options.watch !== true) {
    await show(api, options)
    return
  }
  for (;;) {
    try {
      await show(api, options)
    } catch (err) {
      // It may only be restarting: whoever watches wants to see that, and the end of it.
      if (!(err instanceof CommandError)) throw err
      note(oneLine(err))
    }
    await setTimeout(WATCH_EVERY_MS)
  }
}

async function show(api: NodeApi, options: Options): Promise<void> {
  const [node, mesh, health, kinds] = await Promise.all([
    api.node(),
    api.mesh(),
    api.health(),
    api.alertKinds(),
  ])
  if (options.json === true) {
    if (options.watch === true) print(JSON.stringify({ node, mesh, health }))
    else printJson({ node, mesh, health })
    return
  }
  // On a terminal the last picture is drawn over; in a pipe each follows the other.
  if (options.watch === true && process.stdout.isTTY) process.stdout.write('\u001b[H\u001b[2J')
  print(verdictOf(health, new Map(kinds.map(({ kind, title }) => [kind, title.en]))))
  print()
  const { storage, works } = node
  print(
    table([
      ['node', `${node.name} (${node.id})`],
      ['exhibition', node.exhibition],
      ['works', `${works.complete} of ${works.total} whole`],
      ['records', String(node.records)],
      [
        'chunks',
        `${storage.chunks}, ${formatBytes(storage.bytes)}; ${formatBytes(storage.freeBytes)} free on the disk${storage.full ? ' (FULL: nothing more is fetched)' : ''}`,
      ],
      ['damaged', String(node.damagedChunks)],
      ['addresses', node.addresses.join(' ') || 'none'],
      ['up', `${node.uptimeSeconds} s, version ${node.version}`],
    ]),
  )
  print()
  print(
    table([
      ['NODE', 'STATE', 'WORKS', 'RTT'],
      ...mesh.nodes.map(({ name, id, state, works: held, rttMs }) => [
        name || id,
        state,
        held === undefined ? '?' : `${held.complete}/${held.total}`,
        rttMs === undefined ? '' : `${Math.round(rttMs)} ms`,
      ]),
    ]),
  )
  for (const { peer, name, reason, count } of mesh.incidents)
    print(`turned away: ${name ?? peer}: ${reason}, ${count} times`)
}
