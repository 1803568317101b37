import { FormatError } from '../../../artworks/format/errors.ts'
import { isWorkPath } from '../../../artworks/format/work-path.ts'

/**
 * The names on the way to a file, from an address's decoded tail; a trailing slash says that a directory is meant.
 * @throws {FormatError} `bad-path` for anything that could lead out of the work or is no path
 */
export function workPathParts(path: string): { parts: string[]; isDirectory: boolean } {
  if (path === '') return { parts: [], isDirectory: true }
  const isDirectory = path.endsWith('/')
  const bare = isDirectory ? path.slice(0, -1) : path
  if (!isWorkPath(bare)) {
    throw new FormatError(
      'bad-path',
      'a path inside a work has no empty parts, no dots for parts, no backslash',
    )
  }
  return { parts: bare.split('/'), isDirectory }
}
