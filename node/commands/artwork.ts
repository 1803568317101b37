import { Command } from 'commander'
import { NodeApi } from '../cli/node-api.ts'
import { formatBytes, note, print, printJson, table } from '../cli/output.ts'
import { readArtworkFolder } from '../ingest/artwork-yaml.ts'
import { publish, readWorkBlocks } from './artwork-publish.ts'
import { withdraw } from './artwork-withdraw.ts'

const DEFAULT_NODE = 'http://localhost:8080'

export function artworkCommand(): Command {
  const artwork = new Command('artwork').description("an artist's work without a browser")
  artwork
    .command('check')
    .description('looks whether a folder can be published: artwork.yaml, and the files in work/')
    .argument('<dir>', 'folder of the artwork')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      '\nExample:\n  mesh-art artwork check my-work\nWhat artwork.yaml holds: docs/artists.md',
    )
    .action(check)
  artwork
    .command('publish')
    .description('signs a work and brings it, or a new version of it, to a node')
    .argument('<dir>', 'folder of the artwork')
    .requiredOption('--key <file>', 'key file of the artist (mesh-art key create)')
    .option('--passphrase-file <file>', 'file with the passphrase of the key')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--no-claimed-time', 'does not say when it was signed')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      `
Publish again after a change, and it is a new version of the same work: the slug in artwork.yaml says which work it is.
Cut off in the middle, publish again: what the node has got is not sent twice.

Example:
  mesh-art artwork publish my-work --key me.key --node http://192.168.4.1:8080`,
    )
    .action(publish)
  artwork
    .command('withdraw')
    .description('withdraws a work, everywhere and for good')
    .argument('<slug>', 'slug of the work')
    .requiredOption('--key <file>', 'key file of the artist')
    .option('--passphrase-file <file>', 'file with the passphrase of the key')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--reason-nl <text>', 'a reason for visitors, in Dutch; they read it in the place of the work')
    .option('--reason-en <text>', 'the same in English')
    .option('--yes', 'does not ask again')
    .option('--json', 'prints data')
    .addHelpText(
      'after',
      "\nExample:\n  mesh-art artwork withdraw my-work --key me.key --reason-en 'It goes to another place.'",
    )
    .action(withdraw)
  artwork
    .command('list')
    .description('lists the works that a node shows')
    .option('--node <url>', 'a node of the exhibition', DEFAULT_NODE)
    .option('--json', 'prints data')
    .action(list)
  return artwork
}

async function check(dir: string, { json }: { json?: boolean }): Promise<void> {
  const { description, workDir, files } = await readArtworkFolder(dir)
  const imported = (await readWorkBlocks(workDir)).imported
  if (json === true) {
    printJson({
      ...description,
      root: imported.root.toString(),
      size: imported.size,
      chunks: imported.chunks,
      files: files.files.length,
    })
    return
  }
  print(`'${description.slug}' can be published.`)
  print(
    table([
      ['root', imported.root.toString()],
      ['size', `${formatBytes(imported.size)} in ${imported.chunks} chunks, ${files.files.length} files`],
      ['track', description.track],
      ['languages', Object.keys(description.title).join(', ')],
      ['licence', description.licence],
    ]),
  )
  for (const path of imported.ignored) note(`left out: ${path}`)
}

async function list(options: { node: string; json?: boolean }): Promise<void> {
  const works = await new NodeApi(options.node).artworks()
  if (options.json === true) {
    printJson(works)
    return
  }
  if (works.length === 0) {
    print('No works are shown yet.')
    return
  }
  print(
    table([
      ['TRACK', 'SLUG', 'MEDIUM', 'VERSION', 'HERE', 'SIZE', 'MAKER'],
      ...works.map(({ track, slug, medium, sequence, progress, size, maker }) => [
        track,
        slug,
        medium,
        String(sequence),
        progress.complete ? 'whole' : `${progress.have}/${progress.total}`,
        formatBytes(size),
        maker,
      ]),
    ]),
  )
}
