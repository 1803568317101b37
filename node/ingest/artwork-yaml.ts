import * as v from 'valibot'
import { artworkDescription } from '../../artworks/format/records.ts'
import { readYamlMapping } from '../read-yaml.ts'
import type { Issue } from '../read-yaml.ts'
import { droppedKeys } from '../dropped-keys.ts'
import { join } from 'node:path'
import { IngestError } from './errors.ts'
import { listWorkFiles, unreadable } from './work-files.ts'
import type { WorkFiles } from './work-files.ts'

export const artworkYamlLimits = Object.freeze({ fileBytes: 256 * 1024 })

const artworkYamlSchema = v.strictObject(artworkDescription)

/** What a maker says of a work; with its files' figures it becomes a manifest. */
export type ArtworkDescription = v.InferOutput<typeof artworkYamlSchema>

export interface ArtworkFolder {
  readonly description: ArtworkDescription
  /** The folder to import. */
  readonly workDir: string
  readonly files: WorkFiles
}

const UNKNOWN_FIELD = 'is not a field that an artwork has'

function messageOf({ expected, received, message }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return UNKNOWN_FIELD
  return received === 'undefined' ? 'is missing' : message
}

/**
 * Reads an artwork's folder: `artwork.yaml`, and the work itself in `work/`. Nothing of a file is read but its name.
 * @throws {IngestError} `not-found`, `empty`, `too-large`, `bad-file`; `bad-artwork` with every mistake in artwork.yaml
 */
export async function readArtworkFolder(
  dir: string,
  options: { signal?: AbortSignal } = {},
): Promise<ArtworkFolder> {
  const yamlPath = join(dir, 'artwork.yaml')
  const workDir = join(dir, 'work')
  let read: { value: object } | { issues: Issue[] }
  try {
    read = readYamlMapping(yamlPath, artworkYamlLimits.fileBytes)
  } catch (error) {
    throw unreadable(yamlPath, error)
  }
  if ('issues' in read) throw new IngestError('bad-artwork', read.issues)
  const files = await listWorkFiles(workDir, options)
  const issues: Issue[] = []
  const parsed = v.safeParse(artworkYamlSchema, read.value)
  for (const issue of parsed.issues ?? []) {
    issues.push({ path: v.getDotPath(issue) ?? 'artwork.yaml', message: messageOf(issue) })
  }
  if (parsed.success) {
    for (const path of droppedKeys(read.value, parsed.output)) {
      issues.push({ path, message: UNKNOWN_FIELD })
    }
  }
  issues.push(...missingFiles(read.value, files))
  if (issues.length > 0 || !parsed.success) throw new IngestError('bad-artwork', issues)
  return { description: parsed.output, workDir, files }
}

const references = v.object({
  entry: v.fallback(v.optional(v.string()), undefined),
  poster: v.fallback(v.optional(v.object({ path: v.string() })), undefined),
  captions: v.fallback(v.optional(v.array(v.object({ path: v.string() }))), undefined),
})

/** Looked for in what was written, so that a missing file is listed beside the other mistakes. */
function missingFiles(value: unknown, { files }: WorkFiles): Issue[] {
  const read = v.safeParse(references, value)
  if (!read.success) return []
  const { entry, poster, captions = [] } = read.output
  const named: [string, string | undefined][] = [
    ['entry', entry],
    ['poster.path', poster?.path],
    ...captions.map(({ path }, i): [string, string] => [`captions.${i}.path`, path]),
  ]
  const present = new Set(files.map(({ path }) => path))
  return named.flatMap(([path, file]) => {
    if (file === undefined || present.has(file)) return []
    const similar = files.find((known) => known.path.toLowerCase() === file.toLowerCase())
    const hint = similar === undefined ? '' : `; there is '${similar.path}'`
    return [{ path, message: `'${file}' is not in work/${hint}` }]
  })
}
