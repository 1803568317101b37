import type { Language } from './language.ts'

export interface DurationParts {
  hours: number
  minutes: number
  seconds: number
}

/** A duration as a label says it: seconds only below two minutes, minutes rounded above. */
export function durationParts(totalSeconds: number): DurationParts {
  const rounded = Math.max(0, Math.round(totalSeconds))
  if (rounded < 120) return { hours: 0, minutes: Math.floor(rounded / 60), seconds: rounded % 60 }
  const minutes = Math.round(rounded / 60)
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: 0 }
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Decimal units, as phones and cards name them. */
export function bytesText(bytes: number, language: Language): string {
  const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value)
}

/** Keys and fingerprints are compared by eye: groups of four are easier to hold than one long string. */
export function groupsOfFour(text: string): string {
  return text.replaceAll(/[\s:]/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ')
}

/** A claimed time as a day: nobody's clock here is good for more. */
export function claimedDay(claimed: string, language: Language): string {
  const time = new Date(claimed)
  if (Number.isNaN(time.getTime())) return claimed
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(time)
}

/** `cc-by-sa-4.0` and its kin as people write them; other SPDX identifiers stay as they are. */
export function licenceName(spdx: string): string {
  const match = /^CC-(BY(?:-(?:NC|ND|SA))*)-(\d\.\d)$/i.exec(spdx)
  if (match !== null) return `CC ${(match[1] ?? '').toUpperCase()} ${match[2] ?? ''}`
  return /^CC0-1\.0$/i.test(spdx) ? 'CC0 1.0' : spdx
}

/** 'Waag', 'Waag en OBA', 'Waag, OBA en NEMO'. */
export function listText(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(items)
}

/** A language by its own name: 'Nederlands', 'English'. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag) ?? tag
  return name.slice(0, 1).toLocaleUpperCase(tag) + name.slice(1)
}
