import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValueCheck } from '../contracts/values.ts'
import { finding, unknown } from './finding.ts'

const PAGE_BYTES = 1024 * 1024

/**
 * What a browser would load by itself from another origin, in HTML or CSS. Scripts are kept to this node by the page's policy.
 * @returns the addresses
 */
export function otherOrigins(text: string): string[] {
  const loads = [
    // An attribute that loads something: a link a person may follow, `<a href>`, loads nothing.
    /<(?:script|img|source|video|audio|iframe|embed|object|link|track|form|use|image)\b[^>]*?\s(?:src|href|srcset|data|action|poster)\s*=\s*["']?\s*((?:https?:)?\/\/[^"'\s>]+)/gi,
    /@import\s+(?:url\()?\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi,
    /url\(\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi,
    /<meta\b[^>]*?content\s*=\s*["'][^"']*url=((?:https?:)?\/\/[^"'\s>]+)/gi,
  ]
  return loads.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
}

/** @param policies what is wrong with the policies the pages are sent with */
export async function checkPages(uiDir: string, policies: readonly string[]): Promise<ValueCheck> {
  let files: string[]
  try {
    const assets = await readdir(join(uiDir, 'assets'))
    files = [
      ...(await readdir(uiDir)).filter((name) => name.endsWith('.html')),
      ...assets.filter((name) => /\.(?:css|svg)$/.test(name)).map((name) => join('assets', name)),
    ]
  } catch {
    return unknown('origins', 'the pages are not built here')
  }
  const found = [...policies]
  for (const name of files) {
    const bytes = await readFile(join(uiDir, name))
    if (bytes.length > PAGE_BYTES) found.push(`${name} is too large to be looked at`)
    for (const origin of otherOrigins(bytes.toString('utf8'))) found.push(`${name} loads ${origin}`)
  }
  return finding('origins', files.length, found)
}
