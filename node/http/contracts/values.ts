/** What this node can check of itself, for the page of public values and for those who look after it. */

export type ValueCheckId =
  | 'cookies'
  | 'origins'
  | 'addresses'
  | 'source'
  | 'licence'
  | 'signatures'
  | 'decisions'
  | 'withdrawn'
  | 'same-for-all'

/** `unknown`: it could not be looked at here and now, which `found` explains to a technician. */
export interface ValueCheck {
  id: ValueCheckId
  state: 'good' | 'bad' | 'unknown'
  /** How much was looked at: answers, pages, files, works, decisions. */
  looked: number
  /** Of how many there are, where that is known. */
  of?: number
  /** What is wrong, one line each, in English, for a technician; at most 10. Never an address of a visitor. */
  found: string[]
}

/** `GET /api/v1/values` */
export interface ValuesView {
  checks: ValueCheck[]
  /** Seconds since they ran; they run again when somebody asks, at most every half minute. */
  ageSeconds: number
}
