import { formatLimits } from './limits.ts'

const utf8 = new TextEncoder()

/** Control characters, and the characters that no card formatted for a camera or a PC can hold. */
// oxlint-disable-next-line no-control-regex -- the rule is what this expression is for
const FORBIDDEN = /[\u0000-\u001f\u007f\\]/

/** Whether a file name may stand in a work: not empty, no `/`, `\`, control character, `.` or `..`, at most 255 bytes. */
export function isFileName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value !== '.' &&
    value !== '..' &&
    !value.includes('/') &&
    !FORBIDDEN.test(value) &&
    value.isWellFormed() &&
    utf8.encode(value).length <= formatLimits.fileNameBytes
  )
}

/** Whether a path names something inside a work: relative, every part a file name, at most 1024 bytes. */
export function isWorkPath(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.split('/').every(isFileName) &&
    utf8.encode(value).length <= formatLimits.pathBytes
  )
}

/** Marks that turn the direction of what follows: `gnp.exe` can be made to look like `exe.png`. */
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/

/** Whether a name hides in which order its letters stand. Names of every script are as good as any; such marks no name needs. */
export function turnsDirection(name: string): boolean {
  return TURNING.test(name)
}
