import { Command } from 'commander'
import { CommandError } from '../cli/errors.ts'
import { formatBytes, print, printJson, ProgressLine } from '../cli/output.ts'
import { openStores } from '../cli/open-stores.ts'
import { CID } from 'multiformats/cid'

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'rechecks every byte a stopped node holds; what is damaged is set aside and fetched anew when it runs',
    )
    .option('--data-dir <dir>', 'data directory of the node', 'data')
    .option('--json', 'prints data')
    .addHelpText('after', '\nExample:\n  mesh-art verify --data-dir /var/lib/mesh-art')
    .action(verify)
}

async function verify(options: { dataDir: string; json?: boolean }): Promise<void> {
  const line = new ProgressLine()
  const stores = await openStores(options.dataDir, (work, works) =>
    line.show(`looking at work ${work} of ${works}`),
  ).finally(() => line.done())
  try {
    const { chunks, records, catalogue, holdings } = stores
    const damaged: string[] = []
    const stop = chunks.onDamage(({ cid }) => damaged.push(cid))
    const usage = chunks.usage()
    let checkedBytes = 0
    let checked = 0
    for (const cid of [...chunks.list()]) {
      const bytes = await chunks.get(CID.parse(cid))
      checked += 1
      checkedBytes += bytes?.length ?? 0
      line.show(
        `checked ${checked} of ${usage.chunks} chunks, ${formatBytes(checkedBytes)} of ${formatBytes(usage.bytes)}`,
      )
    }
    stop()
    const works = catalogue.shown()
    const complete = works.filter(
      ({ shown }) => holdings.progress(shown.body.root.toString())?.complete === true,
    ).length
    const result = {
      chunks: checked,
      bytes: checkedBytes,
      damaged,
      records: records.size(),
      works: { complete, total: works.length },
    }
    line.done()
    if (options.json === true) printJson(result)
    else {
      print(
        `${checked} chunks (${formatBytes(checkedBytes)}) and ${records.size()} records checked; ${complete} of ${works.length} works are whole.`,
      )
      for (const cid of damaged) print(`damaged, set aside: ${cid}`)
    }
    if (damaged.length > 0)
      throw new CommandError(
        `${damaged.length} damaged chunks were set aside; start the node, and it fetches them from its neighbours`,
      )
  } finally {
    line.done()
    await stores.close()
  }
}
