/** Woorden voor de weg van een werk door het netwerk, en voor de tekening. */
export const nl = {
  forms: {
    here: 'waar je bent',
    neighbour: 'buur van dit knooppunt',
    reachable: 'via een buur',
    silent: 'traag of niet gehoord',
    flow: 'hierlangs komt nu iets binnen',
    listening: 'luistert naar buren',
  },
  aloneSummary: 'Eén knooppunt, nog geen verbindingen',
  heading: 'Volg een werk',
  intro: 'Kies een werk: de tekening laat zien waar het is, en langs welke weg het hier kwam.',
  choose: 'Werk',
  none: 'Kies een werk',
  whole: (complete: number, nodes: number): string =>
    nodes === 1
      ? complete === 1
        ? 'Het is compleet op dit knooppunt.'
        : 'Het is nog niet compleet op dit knooppunt.'
      : `Het is compleet op ${complete} van ${nodes} knooppunten.`,
  broughtAt: (name: string): string => `Het is binnengebracht bij ${name}.`,
  broughtHere: 'Het is hier binnengebracht.',
  brought: 'hier binnengebracht',
  cameFrom: (names: string): string => `Hier kwam het binnen van ${names}.`,
  notFetched: 'Sinds dit knooppunt aanging, hoefde het niets op te halen.',
  comesFrom: (names: string): string => `Het komt nu binnen van ${names}.`,
  toWork: 'Bekijk het werk',
  thisWork: 'Dit werk',
  where: 'Waar dit werk is',
}

export type MeshMessages = typeof nl
