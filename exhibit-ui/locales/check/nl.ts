import type { CheckStep, FailureCode } from '../../check/check-report.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** Every text of the visitor's own check in Dutch, the language the others are measured by. */
export const nl = {
  running: 'Je browser kijkt het na …',
  bytes: (done: string, total: string): string => `${done} van ${total}`,
  cancel: 'Stop',
  again: 'Kijk het nog eens na',
  verdict: {
    good: 'Het klopt: dit is wat de maker heeft ondertekend.',
    bad: 'Het klopt niet.',
    unknown: 'Niet alles kon worden nagekeken. Dat zegt nog niets.',
  },
  step: {
    records: 'De ondertekende stukken',
    maker: 'De sleutel van de maker',
    page: 'Wat op deze pagina staat',
    decision: 'Het besluit om het te tonen',
    intake: 'Het knooppunt waar het is aangedragen',
    files: 'Elke byte van de bestanden',
  } satisfies Record<CheckStep, string>,
  state: {
    waiting: 'nog niet nagekeken',
    good: 'klopt',
    bad: 'klopt niet',
    unknown: 'niet nagekeken',
  },
  did: {
    records: (count: number): string => `${many(count, 'handtekening', 'handtekeningen')} nagekeken.`,
    maker: 'Ondertekend met de sleutel die in het adres van deze pagina staat.',
    page: 'Titel, tekst, maker en bestanden zijn letterlijk wat is ondertekend.',
    everySigned: 'In deze tentoonstelling is elk ondertekend werk te zien.',
    admitted: (names: string): string => `Toegelaten door ${names}, met hun handtekening.`,
    intake: 'Medeondertekend door een knooppunt van deze tentoonstelling.',
    files: (files: number, bytes: string): string =>
      `${many(files, 'bestand', 'bestanden')}, ${bytes}: elk deel heeft de vingerafdruk die is ondertekend.`,
  },
  failure: {
    record: (what: string): string =>
      `Een stuk is niet wat het moet zijn, of de handtekening is vals: ${what}.`,
    maker: (what: string): string => `Ondertekend met een andere sleutel: ${what}.`,
    page: (what: string): string => `Deze pagina toont iets anders dan is ondertekend: ${what}.`,
    decision: (what: string): string =>
      `Volgens de ondertekende besluiten is deze versie niet toegelaten (${what}).`,
    intake: (what: string): string => `Het bewijs waar het is aangedragen klopt niet: ${what}.`,
    file: (what: string): string => `Dit bestand is veranderd: ${what}.`,
    figures: (what: string): string => `De bestanden zijn samen niet wat is ondertekend: ${what}.`,
    'no-answer': (what: string): string => `Het knooppunt gaf geen antwoord op ${what}. Probeer het zo weer.`,
  } satisfies Record<FailureCode, (what: string) => string>,
  tell: 'Vertel het iemand van de tentoonstelling, of open het werk bij een ander knooppunt.',
  not: 'Wat dit niet bewijst',
  notProved: [
    'Dat de sleutel van de genoemde maker is. Vergelijk de vingerafdruk met het bordje aan de muur.',
    'Dat het knooppunt niets achterhoudt: een werk, een nieuwere versie, een besluit. Wat je niet krijgt, kan je browser niet nakijken.',
    'Dat een plaatje op je scherm niet is verkleind: een knooppunt mag kleinere beelden maken. Nagekeken is het bestand zelf.',
    'Dat dit programma eerlijk is: het komt van hetzelfde kastje. Wie zeker wil zijn, kijkt het na met een eigen kopie.',
  ],
  path: 'Hoe het hier kwam',
  cameFrom: (names: string): string => `Delen kwamen van ${names}.`,
  wasHere: 'Sinds dit knooppunt startte, hoefde het niets op te halen.',
  exhibition: 'Vingerafdruk van de tentoonstelling',
  credentials: 'Content Credentials (C2PA) zitten in:',
  credentialsMeans:
    'De maker heeft ze zo aangeleverd, en ze zijn hier byte voor byte bewaard. Wat ze zeggen kijkt dit programma niet na: bewaar het bestand en open het met een lezer die dat kan.',
  failed: 'Je browser kon het nakijken niet beginnen.',
}

export type CheckMessages = typeof nl
