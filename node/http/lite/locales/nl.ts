import type { GapCause, Medium, NodeState, TrackId } from '../../contract.ts'
import type { LogKind } from '../../contracts/curate.ts'

type WarningKind = 'flashing' | 'sound' | 'subject'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** Every text of the lite lane in Dutch, the language the others are measured by. */
export const nl = {
  name: 'Mesh Art Network',
  other: 'English',
  menu: 'Menu',
  works: 'Werken',
  artists: 'Kunstenaars',
  mesh: 'Het netwerk',
  about: 'Over',
  decisions: 'Besluiten',
  full: 'Uitgebreide versie (nieuwe browser)',
  footer: 'Deze pagina komt van het kastje naast je. Er wordt niets over je bewaard.',
  source: 'Broncode',
  tracks: {
    'public-ai': 'Public AI',
    'next-socials': 'The Next Socials',
    'digital-autonomy': 'Digital Autonomy',
    'decentralised-web': 'The Decentralised Web',
  } satisfies Record<TrackId, string>,
  media: {
    image: 'Beeld',
    images: 'Beeldreeks',
    audio: 'Geluid',
    video: 'Video',
    text: 'Tekst',
    interactive: 'Interactief',
    model: '3D',
    pdf: 'Publicatie',
  } satisfies Record<Medium, string>,
  allTracks: 'Alle sporen',
  byTrack: 'Werken per spoor',
  allWorks: 'Alle werken',
  count: (count: number): string => many(count, 'werk', 'werken'),
  empty: 'Hier hangt nog niets.',
  pages: (part: number, of: number): string => `Bladzijde ${part} van ${of}`,
  nextPart: 'Verder',
  previousPart: 'Terug',
  newest: 'Naar het nieuwste',
  arriving: (have: number, total: number): string =>
    `Nog onderweg: ${have} van ${many(total, 'deel', 'delen')} is hier.`,
  causes: {
    arriving: 'Het komt nu binnen.',
    waiting: 'Het wacht op zijn beurt.',
    elsewhere: 'Andere knooppunten bewaren het; het komt van daar.',
    'no-neighbour-has-it': 'Geen buur heeft de rest al.',
    'disk-full': 'De opslag van dit knooppunt is vol.',
    refused: 'De buren geven het niet door.',
  } satisfies Record<GapCause, string>,
  arrivingMore: 'Open deze bladzijde later opnieuw.',
  work: {
    warning: 'Let op:',
    warnings: {
      flashing: 'flitsend of knipperend beeld',
      sound: 'geluid',
      subject: 'onderwerp dat kan raken',
    } satisfies Record<WarningKind, string>,
    show: 'Toon het werk',
    open: 'Open het werk',
    interactive: 'Dit werk beweegt en reageert. Daar is een nieuwe browser met JavaScript voor nodig.',
    model: 'Dit werk is een ruimtelijk model. Een nieuwe browser toont het in de uitgebreide versie.',
    download: 'Download',
    original: 'Het beeld in zijn volle grootte',
    noPlay: 'Speelt het hier niet? Open het bestand:',
    captions: 'Ondertiteling',
    transcript: 'Uitgeschreven tekst',
    statement: 'Over het werk',
    described: 'Wat er te zien is',
    credits: 'Met dank aan',
    licence: 'Licentie',
    provenance: 'Herkomst',
    seal: 'Zegel van dit werk.',
    signed: 'Ondertekend door de maker met de sleutel',
    admitted: (names: string): string => `Toegelaten door ${names}.`,
    complete: (here: number, of: number): string =>
      `Compleet op ${here} van ${many(of, 'knooppunt', 'knooppunten')}.`,
    version: (sequence: number): string => `Versie ${sequence}`,
    take: 'Neem het mee',
    takeHint: 'De licentie staat toe dat je dit werk bewaart en deelt.',
    previous: 'Vorige:',
    next: 'Volgende:',
    textMissing: 'De tekst kan nu niet worden geopend.',
    textLong: 'Deze tekst is te lang voor deze bladzijde.',
  },
  artist: {
    works: (count: number): string => many(count, 'werk', 'werken'),
    fingerprint: 'Vingerafdruk van de sleutel',
    key: 'Sleutel',
    empty: 'Er zijn nog geen kunstenaars te zien.',
  },
  meshPage: {
    intro:
      'Elk kastje bewaart de tentoonstelling en geeft haar door aan zijn buren. Dit hoort het kastje waarmee jij verbonden bent.',
    state: 'Toestand',
    complete: 'Werken compleet',
    linked: 'Verbonden met',
    ofTotal: (complete: number, total: number): string => `${complete} van ${total}`,
    states: {
      here: 'hier ben je',
      neighbour: 'buur',
      reachable: 'via een buur',
      late: 'antwoordt traag',
      lost: 'niet meer gehoord',
    } satisfies Record<NodeState, string>,
    notSaid: 'niet gezegd',
    nobody: 'niemand',
    unnamed: 'zonder naam',
  },
  aboutPage: {
    lead: 'Een tentoonstelling die nergens in de cloud staat. Geen account, geen internet, geen tussenpersoon: alleen kastjes in een gebouw, die elkaar de kunst doorgeven.',
    how: 'Hoe het werkt',
    howText: [
      'Je telefoon praat met het kastje dat het dichtst bij je is. De kastjes zoeken elkaar op en vormen samen een maasnetwerk, een mesh.',
      'Een kunstenaar brengt een werk naar één kastje en zet er een digitale handtekening onder. Het werk reist in stukken van kastje naar kastje, en elk stuk wordt nagerekend.',
      'Trekt een maker een werk terug, dan verdwijnt het van ieder kastje dat daarvan hoort, voorgoed.',
    ],
    values: 'Publieke waarden',
    valuesText: [
      'Open: open formaten, open protocollen en vrije software, onder de EUPL 1.2.',
      'Transparant: wie een werk toelaat of verwijdert, ondertekent dat besluit, en iedereen kan het lezen.',
      'Verantwoord: bij elk werk staat wie het heeft ondertekend.',
      'Soeverein: de maker houdt de sleutel.',
      'De mens voorop: geen cookies, geen profielen, geen verzoek aan een ander.',
    ],
    honest: 'Wat we niet kunnen beloven',
    honestText:
      'De verbinding met het kastje is niet versleuteld: zonder internet is er geen certificaat. Wie dichtbij meeluistert, kan zien welke werken je bekijkt.',
    curators: 'Curatoren',
    rule: (quorum: number): string =>
      quorum === 0
        ? 'Elk ondertekend werk wordt getoond.'
        : `Een werk wordt getoond als ${many(quorum, 'curator het toelaat', 'curatoren het toelaten')}.`,
    key: 'Sleutel van de tentoonstelling',
    download: 'Download de broncode (tar.gz)',
  },
  decisionsPage: {
    intro:
      'Alles wat over deze tentoonstelling is besloten, het laatst gehoorde bovenaan. Ieder besluit is ondertekend.',
    what: 'Besluit',
    who: 'Door',
    steward: 'de tentoonstelling zelf',
    about: 'Over',
    reason: 'Reden',
    kinds: {
      admission: 'Toegelaten',
      decline: 'Afgewezen',
      removal: 'Verwijderd',
      withdrawal: 'Teruggetrokken',
      exhibition: 'Regels van de tentoonstelling',
      'node-grant': 'Knooppunt toegelaten',
    } satisfies Record<LogKind, string>,
    counts: 'telt niet meer mee',
    allOf: (name: string): string => `alles van ${name}`,
    record: 'Ondertekend besluit',
    empty: 'Er is nog niets besloten.',
  },
  problem: {
    unknownTitle: 'Deze bladzijde bestaat niet',
    unknown: 'Het adres klopt niet, of de bladzijde is er niet meer.',
    workTitle: 'Dit werk kennen we hier niet',
    work: 'Het adres klopt niet, of het werk is nog niet bij dit knooppunt aangekomen.',
    withdrawnTitle: 'Teruggetrokken door de maker',
    withdrawn: 'De maker heeft dit werk teruggetrokken. Wij laten het niet meer zien.',
    removedTitle: 'Uit de tentoonstelling gehaald',
    removed:
      'De curatoren hebben dit werk uit de tentoonstelling gehaald. Hun besluit is ondertekend en na te lezen.',
    emptyTitle: 'Dit knooppunt heeft nog geen tentoonstelling',
    emptyText: 'Het kastje is net begonnen en zoekt zijn buren. Deze bladzijde laadt vanzelf opnieuw.',
    toWorks: 'Naar de werken',
  },
}

export type LiteWords = typeof nl
