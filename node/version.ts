import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Root of the running program: a checkout, or a copy of one. */
export const programDir = fileURLToPath(new URL('..', import.meta.url))

export const version: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version
