import { hash } from 'node:crypto'

/** A strong entity tag of bytes or text. */
export function entityTagOf(content: string | Uint8Array): string {
  return `"${hash('sha256', content, 'base64url').slice(0, 22)}"`
}

/** Whether an If-None-Match header names the tag; compared weakly (RFC 9110, section 13.1.2). */
export function matchesEntityTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  const wanted = tag.replace(/^W\//, '')
  return header.split(',').some((item) => item.trim().replace(/^W\//, '') === wanted)
}
