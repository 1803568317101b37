import type { LogKind } from '../../../node/http/contracts/curate.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** Every text of the log of decisions in Dutch, the language the others are measured by. */
export const nl = {
  title: 'Besluiten',
  intro:
    'Wat hier hangt, en wat niet meer, is door mensen besloten. Elk besluit is ondertekend en voor iedereen te lezen.',
  order:
    'Bovenaan staat wat dit knooppunt het laatst hoorde. Geen klok bepaalt de volgorde: een knooppunt heeft er geen die te vertrouwen is, en een ander knooppunt hoorde het misschien andersom. Voor wat te zien is maakt dat niet uit. Data zijn wat de ondertekenaar zelf opgaf.',
  filter: 'Toon',
  all: 'Alles',
  kinds: {
    admission: 'Toelatingen',
    decline: 'Afwijzingen',
    removal: 'Verwijderingen',
    withdrawal: 'Intrekkingen',
    exhibition: 'Regels en curatoren',
    'node-grant': 'Knooppunten',
  } satisfies Record<LogKind, string>,
  kind: {
    admission: 'Toegelaten',
    decline: 'Afgewezen',
    removal: 'Verwijderd',
    withdrawal: 'Ingetrokken',
    exhibition: 'Regels',
    'node-grant': 'Knooppunt',
  } satisfies Record<LogKind, string>,
  unnamed: 'Onbekende sleutel',
  unknownWork: 'een werk dat dit knooppunt niet kent',
  admits: (who: string): string => `${who} laat toe:`,
  admitsArtist: (who: string): string => `${who} laat alles toe van`,
  declines: (who: string): string => `${who} wijst af:`,
  removes: (who: string): string => `${who} wil weg:`,
  withdraws: (who: string): string => `${who} trekt in:`,
  version: (sequence: number): string => `versie ${sequence}`,
  void: 'Telt niet mee: wie dit tekende is geen curator, en de tentoonstelling noemt dit besluit niet.',
  removalHint: 'Een werk gaat pas weg als genoeg curatoren dat zeggen.',
  stillShown: 'Het werk is te zien.',
  isGone: 'Het werk is weg.',
  rules: (sequence: number): string => `De tentoonstelling legt haar regels vast, voor de ${sequence}e keer.`,
  inForce: 'Deze regels gelden nu.',
  quorum: (quorum: number, curators: number): string =>
    quorum === 0
      ? 'Elk ondertekend werk is te zien.'
      : `${quorum} van ${many(curators, 'curator moet', 'curatoren moeten')} een werk toelaten.`,
  added: (names: string): string => `Nieuw als curator: ${names}.`,
  removed: (names: string): string => `Geen curator meer: ${names}.`,
  upheld: (count: number): string =>
    `${many(count, 'besluit', 'besluiten')} van wie geen curator meer is ${count === 1 ? 'blijft' : 'blijven'} gelden; de rest niet.`,
  revoked: (count: number): string => `${many(count, 'knooppunt is', 'knooppunten zijn')} uitgesloten.`,
  granted: (name: string): string => `${name} mag meedoen in het netwerk.`,
  claimed: (day: string): string => `gedateerd op ${day}`,
  at: (node: string): string => `binnengekomen bij ${node}`,
  record: 'Het ondertekende stuk',
  more: 'Eerdere besluiten',
  empty: 'Hier is nog niets besloten.',
  failed: 'De besluiten kunnen nu niet worden gehaald.',
  again: 'Probeer opnieuw',
}

export type DecisionsMessages = typeof nl
