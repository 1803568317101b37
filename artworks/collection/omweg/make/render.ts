/**
 * Makes work/poster.webp with the work's own mesh and drawing, by a clock of its own.
 * Calls chromium (screenshot) and ffmpeg (libwebp). Run: node make/render.ts
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = mkdtempSync(join(tmpdir(), 'omweg-'))
try {
  const png = join(folder, 'poster.png')
  const quiet = [
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ]
  const page = pathToFileURL(join(import.meta.dirname, 'poster.html')).href
  execFileSync(
    'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      ...quiet,
      `--user-data-dir=${join(folder, 'profile')}`,
      '--hide-scrollbars',
      '--window-size=1200,900',
      `--screenshot=${png}`,
      page,
    ],
    { stdio: 'ignore', timeout: 60_000 },
  )
  execFileSync('ffmpeg', [
    '-loglevel',
    'error',
    '-y',
    '-i',
    png,
    '-vf',
    'crop=1200:900:0:0',
    '-c:v',
    'libwebp',
    '-quality',
    '84',
    '-preset',
    'drawing',
    join(import.meta.dirname, '..', 'work', 'poster.webp'),
  ])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
