/** Woorden voor het vinden en bekijken van werken. */
export const visit = {
  finding: {
    search: 'Zoek in titels, makers en teksten',
    filters: 'Verfijn',
    medium: 'Soort werk',
    language: 'Taal',
    venue: 'Ingebracht bij',
    artist: 'Maker',
    any: { medium: 'Alle soorten', language: 'Elke taal', venue: 'Alle plekken', artist: 'Alle makers' },
    option: (name: string, works: number): string => `${name} (${works.toLocaleString('nl')})`,
    clear: 'Wis alle keuzes',
    all: (shown: number): string => `van ${shown.toLocaleString('nl')}`,
    nothing: 'Niets gevonden.',
    nothingMore: 'Geen werk past bij alles wat je hebt gekozen. Zoek met minder woorden, of wis een keuze.',
    firstOf: (rows: number, all: number): string =>
      `De ${rows} werken die op de minste plekken zijn, van ${all.toLocaleString('nl')}.`,
    pages: 'Bladzijden',
    page: (number: number, of: number): string => `Bladzijde ${number} van ${of.toLocaleString('nl')}`,
    previous: 'Vorige bladzijde',
    next: 'Volgende bladzijde',
    unnamed: 'Een knooppunt zonder naam',
  },
  artist: {
    title: 'Maker',
    alsoAs: (names: string): string => `Ook als ${names}`,
    works: 'Werken in deze tentoonstelling',
    key: 'Vingerafdruk van de sleutel',
    keyHint:
      'Alles op deze bladzijde is met dezelfde sleutel ondertekend. Staat deze vingerafdruk ook op het kaartje aan de muur of bij de maker zelf, dan is het dezelfde maker.',
    unknownTitle: 'Deze maker kennen we hier niet',
    unknown:
      'Het adres klopt niet, of er hangt nu geen werk van deze maker. Komt er een werk binnen, dan verschijnt het hier vanzelf.',
  },
  along: {
    heading: 'Neem het mee',
    allowed: (licence: string): string =>
      `De licentie van dit werk (${licence}) laat toe dat je het kopieert en doorgeeft, met de naam van de maker erbij.`,
    notAllowed: (licence: string): string =>
      `Meenemen mag hier niet: de licentie (${licence}) laat kopiëren niet zonder meer toe.`,
    file: 'Bewaar het bestand',
    whole: 'Bewaar het hele werk, met alle onderdelen',
    wholeHint:
      'Het hele werk komt als CAR-bestand, dat programma’s voor IPFS kunnen openen. Alles erin is te herkennen aan zijn inhoud, ook jaren later.',
    code: 'Op een andere telefoon',
    codeLabel: 'QR-code met het adres van deze bladzijde',
    codeHint: 'Werkt op elke telefoon die met de wifi van de tentoonstelling is verbonden.',
  },
  errors: {
    languageTitle: 'Deze taal hebben we niet',
    language: 'De tentoonstelling is er in het Nederlands en in het Engels.',
    inDutch: 'Deze bladzijde in het Nederlands',
    inEnglish: 'This page in English',
  },
  viewer: {
    openElsewhere: 'Nu bekijken, via een ander knooppunt',
    openPart: 'Bekijk wat er al is',
    notEnough: 'Er is nog niet genoeg van binnen om het te laten zien. Het opent vanzelf zodra het er is.',
    controls: 'Bediening',
    opening: 'Het werk wordt geopend …',
    modelKeys:
      'Draai met de pijltjestoetsen, plus en min brengen dichterbij en verder weg, nul zet het weer recht.',
    turnLeft: 'Draai naar links',
    turnRight: 'Draai naar rechts',
    turnUp: 'Kantel omhoog',
    turnDown: 'Kantel omlaag',
    reset: 'Zet recht',
    play: 'Laat bewegen',
    pause: 'Zet stil',
    openModel: 'Bekijk in 3D',
    noWebgl: 'Deze browser kan geen 3D tonen. Je kunt het bestand wel openen in een ander programma.',
    modelFailed: 'Dit model kan hier nu niet worden getoond.',
    pdfFailed: 'Deze publicatie kan hier nu niet worden getoond.',
    pageOf: (number: number, of: number): string => `Bladzijde ${number} van ${of}`,
    pageNumber: 'Naar bladzijde',
    previousPage: 'Vorige bladzijde',
    nextPage: 'Volgende bladzijde',
    pageText: (number: number): string => `Tekst van bladzijde ${number}`,
    noText: 'Op deze bladzijde staat geen tekst die kan worden voorgelezen.',
  },
}

export type VisitMessages = typeof visit
