import { randomFillSync } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processFigures } from './process-figures.ts'
import type { ProcessFigures } from './process-figures.ts'
import { outputOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

const root = join(import.meta.dirname, '..', '..', '..')
export const program = join(root, 'node', 'bin.js')

const COMMAND_LIMIT_MS = 5 * 60_000
const SAMPLE_MS = 20
const PIECE_BYTES = 16 * 1024 * 1024

/** Founds an exhibition without works. @returns its data directory */
export async function foundExhibition(workspace: Workspace, name: string): Promise<string> {
  const dataDir = workspace.path(name)
  await run(
    workspace,
    ['exhibition', 'create', '--data-dir', dataDir],
    [
      '--title-nl',
      'Proef',
      '--title-en',
      'Trial',
      '--statement-nl',
      'Meting',
      '--statement-en',
      'Measurement',
    ],
  )
  return dataDir
}

/** Publishes files of random bytes as a work with the command line. @returns root CID, and the command's last figures */
export async function publishRandomFiles(
  workspace: Workspace,
  nodeUrl: string,
  slug: string,
  files: Readonly<Record<string, number>>,
): Promise<{ root: string; figures: ProcessFigures }> {
  const dir = workspace.folder(slug)
  const key = join(dir, 'artist.key.json')
  const passphrase = join(dir, 'passphrase')
  writeFileSync(passphrase, 'four words are good\n')
  await run(workspace, ['key', 'create', key, '--passphrase-file', passphrase])
  mkdirSync(join(dir, 'work'))
  for (const [name, bytes] of Object.entries(files)) writeRandomFile(join(dir, 'work', name), bytes)
  writeFileSync(join(dir, 'artwork.yaml'), artworkYaml(slug, Object.keys(files)[0] ?? ''))
  const args = ['artwork', 'publish', dir, '--node', nodeUrl, '--key', key, '--passphrase-file', passphrase]
  const { output, figures } = await run(workspace, args, ['--json'])
  workspace.delete(slug)
  return { root: (JSON.parse(output) as { root: string }).root, figures }
}

export function writeRandomFile(path: string, bytes: number): void {
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, bytes))
  const file = openSync(path, 'wx')
  for (let written = 0; written < bytes;) {
    const part = randomFillSync(piece.subarray(0, Math.min(piece.length, bytes - written)))
    written += writeSync(file, part)
  }
  closeSync(file)
}

export function artworkYaml(slug: string, entry: string): string {
  const words = 'Random bytes that stand for a work while the program is measured. '
  return `slug: ${slug}
title: { nl: "Ruis ${slug}", en: "Noise ${slug}" }
statement: { nl: "${words.repeat(8)}", en: "${words.repeat(8)}" }
maker: A bench
track: public-ai
medium: text
entry: ${entry}
alt: { nl: "${words}", en: "${words}" }
licence: CC0-1.0
`
}

async function run(
  workspace: Workspace,
  ...args: string[][]
): Promise<{ output: string; figures: ProcessFigures }> {
  const child = workspace.node(program, ...args.flat())
  let figures: ProcessFigures = { rssMiB: 0, anonymousMiB: 0, peakRssMiB: 0, cpuSeconds: 0 }
  const output = outputOf(child, COMMAND_LIMIT_MS)
  // A failure is told below; until then nobody listens for it.
  output.catch(() => {})
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    try {
      const now = processFigures(child.pid)
      // A process that has ended and was not yet waited for has no memory.
      if (now.peakRssMiB > 0) figures = now
    } catch {
      // It ended between the question and the answer.
      break
    }
    await delay(SAMPLE_MS)
  }
  return { output: await output, figures }
}
