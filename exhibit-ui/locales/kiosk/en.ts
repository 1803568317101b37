import type { KioskMessages } from './nl.ts'

export const en: KioskMessages = {
  start: 'Touch to begin',
  show: 'Touch to see the work',
  turn: 'Touch to turn it around',
  leaf: 'Touch to leaf through',
  close: 'Done',
  restart: 'Again',
  previous: 'Previous',
  next: 'Next',
  pause: 'Pause',
  resume: 'Go on',
  scan: 'On your own phone',
  qr: (title) => `QR code of ${title}`,
  of: (index, total) => `${index} of ${total}`,
  away: 'The node does not answer now. We show what is here.',
  waiting: 'The box is looking for its neighbours. The works appear by themselves.',
  nodes: (count) => (count === 1 ? 'This box is alone now' : `${count} boxes hand this on to each other`),
  controls: 'Controls',
}
