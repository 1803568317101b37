import { alertKinds } from '../../node/health/alert-kinds.ts'

export const alertsBegin =
  '<!-- made from node/health/alert-kinds.ts: do not edit between these two lines -->'
export const alertsEnd = '<!-- end of what is made -->'

/** The part of docs/technicians.md about alerts, from what the nodes themselves go by. */
export function alertReference(): string {
  const parts = Object.entries(alertKinds).map(([kind, info]) =>
    [
      `### ${info.title.en}`,
      '',
      `\`${kind}\`, ${info.severity === 'problem' ? 'a problem' : 'a notice'}. In Dutch: *${info.title.nl}*.`,
      '',
      `- **From:** ${info.threshold.en}.`,
      `- **It means:** ${info.means.en}`,
      `- **What to do:** ${info.doThis.en}`,
    ].join('\n'),
  )
  return `${alertsBegin}\n\n${parts.join('\n\n')}\n\n${alertsEnd}`
}
