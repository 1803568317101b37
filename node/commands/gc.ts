import { Command } from 'commander'
import { CID } from 'multiformats/cid'
import { formatBytes, print, printJson } from '../cli/output.ts'
import { openStores } from '../cli/open-stores.ts'

export function gcCommand(): Command {
  return new Command('gc')
    .description(
      'drops the chunks of a stopped node that no work refers to: uploads never finished, older versions',
    )
    .option('--data-dir <dir>', 'data directory of the node', 'data')
    .option('--dry-run', 'says what would be dropped, and drops nothing')
    .option('--json', 'prints data')
    .action(gc)
}

async function gc(options: { dataDir: string; dryRun?: boolean; json?: boolean }): Promise<void> {
  const stores = await openStores(options.dataDir)
  try {
    const { chunks, holdings } = stores
    const kept = holdings.referenced()
    let dropped = 0
    let bytes = 0
    for (const cid of [...chunks.list()]) {
      if (kept.has(cid)) continue
      dropped += 1
      bytes += chunks.size(CID.parse(cid)) ?? 0
      if (options.dryRun !== true) await chunks.delete(CID.parse(cid))
    }
    if (options.json === true) printJson({ chunks: dropped, bytes, dryRun: options.dryRun === true })
    else
      print(`${options.dryRun === true ? 'Would drop' : 'Dropped'} ${dropped} chunks, ${formatBytes(bytes)}.`)
  } finally {
    await stores.close()
  }
}
