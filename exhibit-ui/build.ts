import { createHash } from 'node:crypto'
import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { makeFirstFonts } from './first-fonts.ts'
import { PackedFiles } from './packed-files.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const project = dirname(here.replace(/\/$/, ''))
export const distDirectory = join(here, 'dist')
const firstPage = 'index.html'
/** Which files of script each part of the gallery came to be in: the node names them in a page that will need them. */
const partsFile = 'parts.json'
const stampFile = join(distDirectory, '.inputs')

/** All that goes into the pages: their own sources, what they import, and the versions of packages. */
const inputs = ['exhibit-ui', 'package-lock.json', 'tsconfig.json']

export interface BuildOutcome {
  built: boolean
  /** Milliseconds. */
  took: number
  directory: string
}

/**
 * Builds the pages into `exhibit-ui/dist`, unless that was built from exactly these inputs before. Decided by content,
 * not by time: a fresh clone has any times, and a Pi has no clock.
 */
export async function buildUi({ force = false }: { force?: boolean } = {}): Promise<BuildOutcome> {
  const started = performance.now()
  const stamp = await inputsHash()
  const done = (built: boolean): BuildOutcome => ({
    built,
    took: Math.round(performance.now() - started),
    directory: distDirectory,
  })
  if (!force && (await lastStamp()) === stamp) return done(false)
  await makeFirstFonts()
  await buildForProduction()
  await copyCharacterMaps()
  await compressAssets()
  await writeFile(stampFile, stamp)
  return done(true)
}

/** The gallery, then the pages of those who work here. */
async function pages(): Promise<string[]> {
  const names = (await readdir(here)).filter((name) => name.endsWith('.html') && name !== firstPage)
  return [firstPage, ...names.sort()]
}

/** Whatever NODE_ENV says: a test runner's would choose the slower variants of packages that are for developing. */
async function buildForProduction(): Promise<void> {
  const { build } = await import('vite')
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    // Each page by itself, so that what the studio shares with the technicians' page is no script that a visitor loads.
    for (const page of await pages()) {
      await build({
        configFile: join(here, 'vite.config.ts'),
        logLevel: 'warn',
        mode: 'production',
        build: {
          emptyOutDir: page === firstPage,
          manifest: page === firstPage && partsFile,
          rolldownOptions: { input: join(here, page) },
        },
      })
    }
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

/** How Chinese, Japanese and Korean texts in publications are encoded: one file each, fetched when a publication needs it. */
async function copyCharacterMaps(): Promise<void> {
  const { resolve } = createRequire(import.meta.url)
  const manifest = resolve('pdfjs-dist/package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const folder = join(dirname(manifest), 'cmaps')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bcmap') || name === 'LICENSE')
  // The version in the name, as the hash of others: what is there under a name never changes.
  const named = (name: string): string => join(distDirectory, 'assets', `cmap-${version}-${name}`)
  await Promise.all(names.map((name) => copyFile(join(folder, name), named(name))))
}

/** Once and well at the build, so that a Pi need not do it again at every start. */
async function compressAssets(): Promise<void> {
  const assets = join(distDirectory, 'assets')
  const names = (await readdir(assets)).filter((name) => /\.(?:js|css|svg|wasm)$/.test(name))
  const packed = new PackedFiles(join(here, '.cache', 'packed'))
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(assets, name))
      for (const [ending, pack] of Object.entries(packers)) {
        await writeFile(join(assets, `${name}.${ending}`), await packed.get(bytes, ending, pack))
      }
    }),
  )
  await packed.prune()
}

const packers: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
  zst: (bytes) => promisify(zstdCompress)(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 12 } }),
}

async function lastStamp(): Promise<string | undefined> {
  try {
    await stat(join(distDirectory, 'index.html'))
    return await readFile(stampFile, 'utf8')
  } catch {
    // Never built, or cleared since.
    return undefined
  }
}

async function inputsHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of await filesUnder(join(project, input))) {
      hash
        .update(relative(project, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesUnder(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const nested = await Promise.all(
    entries
      .filter((entry) => entry.name !== 'dist' && !entry.name.startsWith('.'))
      .map((entry) => filesUnder(join(path, entry.name))),
  )
  return nested.flat().sort()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { built, took } = await buildUi({ force: process.argv.includes('--force') })
  console.log(built ? `gallery built in ${took} ms` : 'gallery is up to date')
}
