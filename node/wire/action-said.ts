import { actionLimits } from './action-messages.ts'

/** What a node answers to an order: a code, for which the pages have words in each language. */
export const actionSayings = [
  'blinks',
  'marked',
  'takes-no-works',
  'takes-works',
  'restarts',
  'restart-by-hand',
  'door-closed',
  'door-open',
  'no-exhibition-key',
  'nobody-waits',
  /** name */
  'let-in',
  'no-time',
  'clock-asked',
  'clock-not-ours',
  'diagnostics',
  'no-name',
  /** name */
  'named',
  /** chunks checked, of these damaged */
  'checked',
  /** chunks dropped, MiB */
  'dropped',
  'busy',
  'failed',
  'no-passphrase-here',
  'other-passphrase',
  'other-run',
  'passed-by-another',
  'played-again',
  'not-heard',
  'no-answer',
  'no-neighbour',
] as const
export type ActionSaying = (typeof actionSayings)[number]

/** The code and what it is about, parted by tabs, as it goes over the mesh and into the timeline. */
export function actionSaid(saying: ActionSaying, ...about: readonly (string | number)[]): string {
  const words = about.map((one) => String(one).replaceAll(/\s+/g, ' '))
  return [saying, ...words].join('\t').slice(0, actionLimits.detailLength)
}
