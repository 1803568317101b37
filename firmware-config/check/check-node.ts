import { createHash } from 'node:crypto'
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MissingTool } from './finding.ts'
import type { Finding } from './finding.ts'
import { Once } from './once.ts'
import { unitFolder, validateNetwork, validateUnits } from './validate-together.ts'
import { validators } from './validators.ts'

export interface CheckNodeInit {
  /** A node's folder as `firmware render` wrote it: `manifest.json` and `root/`. */
  readonly folder: string
  /** The unit of the node itself, of the program that is to be installed. */
  readonly programUnit: string
  /** What is wrong with a node.yaml, one line each. */
  readonly checkNodeYaml: (path: string) => string[]
  /** Shared by the nodes of a venue: what is said of the same bytes is the same. */
  readonly once?: Once<Finding[]>
}

export interface NodeChecked {
  readonly files: number
  readonly findings: readonly Finding[]
  /** Validators this machine has not got. */
  readonly missing: readonly MissingTool[]
}

interface ManifestEntry {
  readonly path: string
  readonly mode?: string
  readonly sha256?: string
  readonly link?: string
}

/** Runs over the files of one node what will read them. */
export async function checkNode({
  folder,
  programUnit,
  checkNodeYaml,
  once = new Once(),
}: CheckNodeInit): Promise<NodeChecked> {
  const root = join(folder, 'root')
  const findings: Finding[] = []
  const missing = new Map<string, MissingTool>()
  const attempt = async (work: () => Promise<Finding[]>): Promise<void> => {
    try {
      findings.push(...(await work()))
    } catch (error) {
      if (!(error instanceof MissingTool)) throw error
      missing.set(error.command, error)
    }
  }
  const scratch = await mkdtemp(join(tmpdir(), 'mesh-art-check-'))
  try {
    const entries = (
      JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { files: ManifestEntry[] }
    ).files
    findings.push(...(await compareWithManifest(root, entries)))
    for (const { path, link } of entries) {
      if (link !== undefined) continue
      const here = join(root, path)
      for (const { tool, isFor, check } of validators) {
        if (!isFor(path)) continue
        await attempt(async () =>
          once.do(`${tool} ${path} ${await digestOf(here)}`, async () =>
            (await check({ path, here, scratch })).map((said) => ({
              path,
              tool,
              said: withoutSecrets(said),
            })),
          ),
        )
      }
      if (path === '/etc/mesh-art/node.yaml') {
        findings.push(...checkNodeYaml(here).map((said) => ({ path, tool: 'mesh-art node', said })))
      }
    }
    const units = await Promise.all(
      entries
        .filter(({ path, link }) => path.startsWith(unitFolder) && link === undefined)
        .map(async ({ path }) => `${path} ${await digestOf(join(root, path))}`),
    )
    await attempt(() => once.do(units.join('\n'), () => validateUnits(root, scratch, programUnit)))
    await attempt(() => validateNetwork(root))
    return { files: entries.length, findings, missing: [...missing.values()] }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Validators quote the line they do not like: a password in it is nobody's to read. */
function withoutSecrets(said: string): string {
  return said.replaceAll(/((?:pass(?:phrase|word)?|psk)\s*=?\s*)('|")?[^\s'"]+/gi, '$1…')
}

async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

async function compareWithManifest(root: string, entries: readonly ManifestEntry[]): Promise<Finding[]> {
  const found: Finding[] = []
  const tell = (path: string, said: string): void => {
    found.push({ path, tool: 'manifest', said })
  }
  for (const { path, mode, sha256, link } of entries) {
    const here = join(root, path)
    try {
      if (link !== undefined) {
        if ((await readlink(here)) !== link) tell(path, `leads elsewhere than to ${link}`)
        continue
      }
      const actual = ((await lstat(here)).mode & 0o7777).toString(8).padStart(4, '0')
      if (actual !== mode) tell(path, `has mode ${actual}, not ${mode}`)
      if (sha256 !== undefined && (await digestOf(here)) !== sha256) {
        tell(path, 'is not what was rendered: change venue.yaml, and render again')
      }
    } catch (error) {
      tell(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`)
    }
  }
  const known = new Set(entries.map(({ path }) => path))
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = `/${join(entry.parentPath, entry.name).slice(root.length + 1)}`
    if (!entry.isDirectory() && !known.has(path)) tell(path, 'was not rendered')
  }
  return found
}
