import type { IncomingHttpHeaders } from 'node:http'

interface Preference {
  readonly value: string
  readonly weight: number
}

/** The items of an Accept-… header, most wanted first; those with weight 0 are refused and left out. */
export function preferences(header: string | undefined): Preference[] {
  return (header ?? '')
    .slice(0, 1024)
    .split(',')
    .map((item) => {
      const [value = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { value, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 }
    })
    .filter(({ value, weight }) => value !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
}

export function acceptsEncoding(headers: IncomingHttpHeaders, encoding: string): boolean {
  const header = headers['accept-encoding']
  return preferences(typeof header === 'string' ? header : undefined).some(({ value }) => value === encoding)
}

/** The visitor's language among ours; `fallback` when none of theirs is. */
export function preferredLanguage<L extends string>(
  header: string | undefined,
  languages: readonly L[],
  fallback: L,
): L {
  for (const { value } of preferences(header)) {
    const found = languages.find((language) => value === language || value.startsWith(`${language}-`))
    if (found !== undefined) return found
  }
  return fallback
}
