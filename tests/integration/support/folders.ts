import { createHash, randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new directory that goes with the test. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mesh-art-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Every path under a directory with a hash of what is there: equal when nothing changed. */
export function contentOf(dir: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(dir.length + 1)
    if (entry.isDirectory()) found[name] = 'directory'
    else if (entry.isSymbolicLink()) found[name] = `link to ${readlinkSync(path)}`
    else found[name] = createHash('sha256').update(readFileSync(path)).digest('hex')
  }
  return found
}

/** A folder that can be published. */
export function artworkFolder(
  slug: string,
  files: Record<string, string | Uint8Array> = { 'index.txt': `${slug}\n` },
): string {
  const dir = scratch()
  const described = {
    slug,
    title: { nl: 'Werk', en: 'Work' },
    statement: { nl: 'Een werk.', en: 'A work.' },
    maker: 'Noor',
    track: 'public-ai',
    medium: 'text',
    entry: Object.keys(files)[0],
    alt: { nl: 'Tekst.', en: 'Text.' },
    licence: 'CC-BY-4.0',
  }
  // JSON is YAML.
  writeFileSync(join(dir, 'artwork.yaml'), JSON.stringify(described))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, 'work', path)), { recursive: true })
    writeFileSync(join(dir, 'work', path), content)
  }
  return dir
}

/** No two chunks alike. */
export function noise(mebibytes: number): Uint8Array {
  return randomBytes(mebibytes * 1024 * 1024)
}
