import type { Medium, TrackId } from '../../node/http/contract.ts'
import type { WorksQuery } from '../../node/http/contracts/search.ts'

/** In the order they are shown. The format has the same lists, but importing it would bring its schemas along. */
export const trackIds: readonly TrackId[] = [
  'public-ai',
  'next-socials',
  'digital-autonomy',
  'decentralised-web',
]
export const mediumIds: readonly Medium[] = [
  'image',
  'images',
  'video',
  'audio',
  'interactive',
  'model',
  'text',
  'pdf',
]

/** Works on one page of a list: as many as a phone scrolls through at ease, and never more in the document. */
export const worksOnPage = 60
const longestText = 120
const mostPages = 10_000

/** A choice of works as its address says it: what is looked for, and which page of it. */
export interface WorksChoice extends WorksQuery {
  /** From 2 on; the first page needs no number. */
  number?: number
}

/** Never fails: what an address says wrong it does not say. */
export function parseChoice(search: string): WorksChoice {
  const said = new URLSearchParams(search)
  const text = (name: string, form: RegExp = /\S/): string | undefined => {
    const value = said.get(name)?.slice(0, longestText)
    return value !== undefined && form.test(value) ? value : undefined
  }
  const track = trackIds.find((id) => id === said.get('track'))
  const medium = mediumIds.find((id) => id === said.get('medium'))
  const q = text('q')
  const artist = text('artist', /^did:key:z\w{10,56}$/)
  const venue = text('venue')
  const language = text('language', /^[a-z]{2,3}$/)
  const number = parseNumber(said.get('page'))
  return {
    ...(q !== undefined && { q }),
    ...(track !== undefined && { track }),
    ...(medium !== undefined && { medium }),
    ...(artist !== undefined && { artist }),
    ...(venue !== undefined && { venue }),
    ...(language !== undefined && { language }),
    ...(number !== undefined && { number }),
  }
}

function parseNumber(text: string | null): number | undefined {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 1
  return number > 1 && number <= mostPages ? number : undefined
}

const names = ['q', 'track', 'medium', 'artist', 'venue', 'language'] as const

/** With its question mark, or empty. */
export function choiceText(choice: WorksChoice): string {
  const parts = names.flatMap((name) => {
    const value = choice[name]
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}`]
  })
  if (choice.number !== undefined) parts.push(`page=${choice.number}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** What is asked of the node for a choice. */
export function searchAddress(choice: WorksChoice): string {
  const { number = 1, ...query } = choice
  const from = (number - 1) * worksOnPage
  const text = choiceText(query)
  return `/api/v1/search${text}${text === '' ? '?' : '&'}from=${from}&limit=${worksOnPage}`
}

/** The same choice with something else chosen, on its first page. An empty value takes the choice away. */
export function choose(choice: WorksChoice, name: keyof WorksQuery, value: string): WorksChoice {
  const { number: _first, [name]: _before, ...rest } = choice
  const chosen: WorksChoice = value.trim() === '' ? rest : { ...rest, [name]: value }
  return parseChoice(choiceText(chosen))
}

export function isNarrowed(choice: WorksChoice): boolean {
  return names.some((name) => choice[name] !== undefined)
}

export const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / worksOnPage))
