import { mimes } from 'mrmime'

/** Types mrmime does not know, or that works use under another name. */
const types: ReadonlyMap<string, string> = new Map([
  ...Object.entries(mimes),
  ['glb', 'model/gltf-binary'],
  ['gltf', 'model/gltf+json'],
  ['opus', 'audio/ogg'],
  ['vtt', 'text/vtt'],
])
const FALLBACK = 'application/octet-stream'
const textual = /^text\/|[/+](json|javascript|xml)$|^application\/manifest/

/** The media type of a file by its name, with the character set every text of a work must have. */
export function mediaTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : ''
  const type = types.get(extension) ?? FALLBACK
  return textual.test(type) ? `${type}; charset=utf-8` : type
}
