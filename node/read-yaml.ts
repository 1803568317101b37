import { closeSync, openSync, readSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'

export interface Issue {
  /** Dotted path of the value, or the line of the file. */
  readonly path: string
  readonly message: string
}

/** Aliases resolved in one document: a few are handy, many are how a small file becomes a large one. */
const MAX_ALIASES = 16

/**
 * Reads a YAML 1.2 file whose top is a mapping; a file that says nothing is an empty one.
 * @returns the mapping, of unknown values, or every mistake in its form
 * @throws the file system's error when it cannot be read
 */
export function readYamlMapping(path: string, maxBytes: number): { value: object } | { issues: Issue[] } {
  const bytes = readAtMost(path, maxBytes + 1)
  if (bytes.length > maxBytes) {
    return { issues: [{ path, message: `is larger than ${maxBytes} bytes` }] }
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // A TypeError without any more to say.
    return { issues: [{ path, message: 'is not UTF-8 text' }] }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true })
  if (document.errors.length > 0) {
    return {
      issues: document.errors.map(({ message, pos }) => ({
        path: `line ${lineCounter.linePos(pos[0]).line}`,
        message,
      })),
    }
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {}
    // A list is an object as well, with methods whose names a schema could take for values.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value }
    return { issues: [{ path: 'line 1', message: 'must be a mapping of names to values' }] }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return { issues: [{ path, message: error.message }] }
  }
}

function readAtMost(path: string, maxBytes: number): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(maxBytes)
    let filled = 0
    while (filled < maxBytes) {
      const read = readSync(file, buffer, filled, maxBytes - filled, null)
      if (read === 0) break
      filled += read
    }
    return buffer.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}
