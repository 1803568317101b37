/** What is checked, in this order. */
export const checkSteps = ['records', 'maker', 'page', 'decision', 'intake', 'files'] as const
export type CheckStep = (typeof checkSteps)[number]

/** `unknown`: not looked at, or the node did not answer; that proves nothing either way. */
export type StepState = 'waiting' | 'good' | 'bad' | 'unknown'

export type FailureCode =
  /** A record whose seal is broken, or that is another than was asked for. */
  | 'record'
  /** The manifest is signed with another key than the address names. */
  | 'maker'
  /** The page shows something other than what was signed. */
  | 'page'
  /** By the records, the exhibition does not show this version. */
  | 'decision'
  | 'intake'
  /** Bytes that are not what was signed. */
  | 'file'
  /** All files are right, and together not what the manifest says. */
  | 'figures'
  | 'no-answer'

export interface CheckFailure {
  readonly step: CheckStep
  readonly code: FailureCode
  /** The record, field or file that failed. */
  readonly what: string
}

export interface CheckReport {
  readonly verdict: 'running' | 'good' | 'bad' | 'unknown'
  readonly steps: Readonly<Record<CheckStep, StepState>>
  readonly failure?: CheckFailure
  readonly bytes: number
  readonly bytesTotal: number
  readonly blocks: number
  readonly records: number
  readonly files: number
  /** Names of curators whose signed admission counts. */
  readonly admittedBy: readonly string[]
  readonly quorum: number
  readonly exhibition: string
}

export class CheckFailedError extends Error {
  readonly failure: CheckFailure

  constructor(step: CheckStep, code: FailureCode, what: string, options?: ErrorOptions) {
    super(`${step}: ${code} ${what}`, options)
    this.failure = { step, code, what }
  }
}
