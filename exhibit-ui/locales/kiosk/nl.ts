/** Texts of the screen in a venue, in Dutch, the language the others are measured by. */
export const nl = {
  start: 'Raak aan om te beginnen',
  show: 'Raak aan om het werk te zien',
  turn: 'Raak aan om te draaien',
  leaf: 'Raak aan om te bladeren',
  close: 'Klaar',
  restart: 'Opnieuw',
  previous: 'Vorige',
  next: 'Volgende',
  pause: 'Pauze',
  resume: 'Verder',
  scan: 'Op je eigen telefoon',
  qr: (title: string): string => `QR-code van ${title}`,
  of: (index: number, total: number): string => `${index} van ${total}`,
  away: 'Het knooppunt antwoordt nu niet. We laten zien wat er is.',
  waiting: 'Het kastje zoekt zijn buren. De werken verschijnen vanzelf.',
  nodes: (count: number): string =>
    count === 1 ? 'Dit kastje is nu alleen' : `${count} kastjes geven dit aan elkaar door`,
  controls: 'Bediening',
}

export type KioskMessages = typeof nl
