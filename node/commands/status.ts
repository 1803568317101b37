import { Command } from 'commander'
import { NodeApi } from '../cli/node-api.ts'
import { formatBytes, print, printJson, table } from '../cli/output.ts'

export function statusCommand(): Command {
  return new Command('status')
    .description('says what a running node holds, and which neighbours it has')
    .option('--node <url>', 'the node to ask', 'http://localhost:8080')
    .option('--json', 'prints data')
    .addHelpText('after', '\nExample:\n  mesh-art status --node http://192.168.4.1:8080')
    .action(status)
}

async function status(options: { node: string; json?: boolean }): Promise<void> {
  const api = new NodeApi(options.node)
  const [node, mesh] = await Promise.all([api.node(), api.mesh()])
  if (options.json === true) {
    printJson({ node, mesh })
    return
  }
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
