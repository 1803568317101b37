import type { ActionSaying } from '../../../node/http/contracts/tech.ts'

/** Wat knooppunten op opdrachten antwoorden. */
export type SaidMessages = Readonly<Record<ActionSaying, (...about: readonly string[]) => string>>

export const saidNl: SaidMessages = {
  blinks: () => 'zijn lampje knippert een minuut',
  marked: () => 'het heeft geen eigen lampje; zijn naam is een minuut gemerkt',
  'takes-no-works': () => 'neemt geen nieuwe werken meer aan',
  'takes-works': () => 'neemt weer nieuwe werken aan',
  restarts: () => 'start nu opnieuw',
  'restart-by-hand': () => 'geen dienst zou het weer starten; doe het met de hand',
  'door-closed': () => 'laat geen nieuw knooppunt binnen',
  'door-open': () => 'laat knooppunten met een uitnodiging binnen',
  'no-exhibition-key': () =>
    'dit knooppunt heeft de sleutel van de tentoonstelling niet; vraag het aan dat wat hem heeft',
  'nobody-waits': () => 'zo’n knooppunt wacht er niet',
  'let-in': (name) => `binnengelaten: ${name}`,
  'no-time': () => 'er werd geen tijd meegegeven',
  'clock-asked': () => 'het systeem is gevraagd zijn klok te zetten',
  'clock-not-ours': () => 'dit programma mag de klok van dit kastje niet zetten',
  diagnostics: () => 'gegevens opgehaald',
  'no-name': () => 'er werd geen naam meegegeven',
  named: (name) => `heet nu ${name}`,
  checked: (checked, damaged) =>
    `${checked} delen nagekeken, ${damaged} beschadigd${damaged === '0' ? '' : ' en opnieuw gehaald'}`,
  dropped: (dropped, mib) => `${dropped} delen opgeruimd, ${mib} MiB`,
  busy: () => 'er wordt te veel tegelijk gevraagd',
  failed: () => 'het mislukte; het logboek van het knooppunt zegt waarom',
  'no-passphrase-here': () => 'daar is geen wachtzin voor technici gezet',
  'other-passphrase': () => 'daar is een andere wachtzin voor technici gezet',
  'other-run': () => 'het is intussen opnieuw gestart; vraag het nog eens',
  'passed-by-another': () => 'de opdracht kwam via een ander knooppunt dan waar ze gegeven werd',
  'played-again': () => 'deze opdracht was al eens gegeven',
  'not-heard': () => 'van dit knooppunt is nog niets gehoord, dus er valt niets te vragen',
  'no-answer': () => 'er kwam geen antwoord',
  'no-neighbour': () => 'er is geen buur om het door te geven',
}
