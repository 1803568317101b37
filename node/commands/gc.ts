import { Command } from 'commander'
import { CID } from 'multiformats/cid'
import { formatBytes, print, printJson, ProgressLine } from '../cli/output.ts'
import { openStores } from '../cli/open-stores.ts'

export function gcCommand(): Command {
  return new Command('gc')
    .description(
      'drops the chunks of a stopped node that no work refers to: uploads never finished, older versions',
    )
    .option('--data-dir <dir>', 'data directory of the node', 'data')
    .option('--dry-run', 'says what would be dropped, and drops nothing')
    .option('--json', 'prints data')
    .addHelpText('after', '\nExample:\n  mesh-art gc --dry-run --data-dir /var/lib/mesh-art')
    .action(gc)
}

async function gc(options: { dataDir: string; dryRun?: boolean; json?: boolean }): Promise<void> {
  const line = new ProgressLine()
  const stores = await openStores(options.dataDir, (work, works) =>
    line.show(`looking at work ${work} of ${works}`),
  ).finally(() => line.done())
  try {
    const { chunks, holdings } = stores
    const kept = holdings.referenced()
    const unused = [...chunks.list()].filter((cid) => !kept.has(cid)).map((cid) => CID.parse(cid))
    let bytes = 0
    for (const [index, cid] of unused.entries()) {
      bytes += chunks.size(cid) ?? 0
      if (options.dryRun === true) continue
      await chunks.delete(cid)
      line.show(`dropped ${index + 1} of ${unused.length} chunks`)
    }
    line.done()
    if (options.json === true) printJson({ chunks: unused.length, bytes, dryRun: options.dryRun === true })
    else
      print(
        `${options.dryRun === true ? 'Would drop' : 'Dropped'} ${unused.length} chunks, ${formatBytes(bytes)}.`,
      )
  } finally {
    line.done()
    await stores.close()
  }
}
