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

/** 'Waag', 'Waag en OBA', 'Waag, OBA en NEMO'. */
export function listText(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(items)
}

/** A language by its own name: 'Nederlands', 'English'. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag) ?? tag
  return name.slice(0, 1).toLocaleUpperCase(tag) + name.slice(1)
}
