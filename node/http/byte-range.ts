export type ByteRange = { readonly start: number; readonly end: number }

/**
 * The part of `size` bytes a Range header asks for, `end` not included; null when the whole is to be sent (no header, another
 * unit, several ranges or nonsense: RFC 9110, section 14.2); `unsatisfiable` when there is no such part.
 */
export function parseByteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=[\t ]*(\d{0,16})-(\d{0,16})[\t ]*$/i.exec(header ?? '')
  if (match === null) return null
  const [, first = '', last = ''] = match
  if (first === '') {
    if (last === '') return null
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return null
  if (start >= size) return 'unsatisfiable'
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}
