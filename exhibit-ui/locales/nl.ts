import type { GapCause, IncidentView, Medium, NodeState, TrackId } from '../../node/http/contract.ts'
import { visit } from './visit/nl.ts'

type WarningKind = 'flashing' | 'sound' | 'subject'

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('nl')} ${count === 1 ? one : more}`

/** Every text of the pages in Dutch, the language the others are measured by: a key missing there fails the check. */
export const nl = {
  ...visit,
  site: {
    name: 'Mesh Art Network',
    tagline: 'zonder internet, van ons samen',
    skip: 'Naar de inhoud',
    menu: 'Hoofdmenu',
    works: 'Werken',
    mesh: 'Het netwerk',
    about: 'Over',
    decisions: 'Besluiten',
    otherLanguage: 'English',
    studio: 'Breng je werk',
    source: 'Broncode',
    footer: 'Deze pagina komt van het kastje naast je. Er wordt niets over je bewaard.',
    loading: 'Een ogenblik …',
  },
  welcome: {
    title: 'Welkom',
    worksHeading: 'Werken',
    meshHeading: 'Het netwerk op dit moment',
    allWorks: 'Bekijk alle werken per spoor',
  },
  filter: {
    label: 'Kies een spoor',
    all: 'Alle',
    shown: (count: number, track: string): string =>
      track === ''
        ? `${many(count, 'werk', 'werken')} te zien.`
        : `${track}: ${many(count, 'werk', 'werken')} te zien.`,
  },
  works: {
    title: 'Werken',
    count: (count: number): string => many(count, 'werk', 'werken'),
    empty: 'Hier hangt nog niets.',
    emptyMore:
      'Deze tentoonstelling heeft nog geen werken, of dit knooppunt heeft ze nog niet gehoord. Zodra er een werk binnenkomt, verschijnt het vanzelf.',
    emptyTrack: 'In dit spoor hangt nog niets.',
    emptyTrackMore: 'Kijk intussen bij de andere sporen.',
    all: 'Alle werken',
  },
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
  duration: (hours: number, minutes: number, seconds: number): string =>
    [hours > 0 ? `${hours} u` : '', minutes > 0 ? `${minutes} min` : '', seconds > 0 ? `${seconds} s` : '']
      .filter((part) => part !== '')
      .join(' '),
  progress: {
    parts: (have: number, total: number): string => `${have} van ${many(total, 'deel', 'delen')}`,
    arrivingFrom: (names: string): string => `Komt binnen van ${names}`,
    arriving: 'Komt binnen',
    here: 'Is er helemaal',
    cause: {
      elsewhere: 'Staat op andere knooppunten',
      arriving: 'Komt binnen',
      waiting: 'Wacht op zijn beurt',
      'no-neighbour-has-it': 'Wacht: geen buur heeft de rest al',
      'disk-full': 'Staat stil: de opslag van dit knooppunt is vol',
      refused: 'Staat stil: de buren geven het niet door',
    } satisfies Record<GapCause, string>,
    causeMore: {
      elsewhere:
        'Dit knooppunt bewaart niet alle werken. Het werk komt van een ander knooppunt zodra je het opent.',
      arriving: 'Je hoeft niets te doen: het werk opent vanzelf zodra het er is.',
      waiting: 'Andere werken gaan voor. Het werk opent vanzelf zodra het er is.',
      'no-neighbour-has-it':
        'Geen van de knooppunten hiernaast heeft dit werk al compleet. Zodra er een langskomt die het heeft, gaat het verder.',
      'disk-full':
        'Er is geen plaats meer voor dit werk. De technicus van de tentoonstelling kan ruimte maken; daarna gaat het vanzelf verder.',
      refused:
        'De knooppunten hiernaast willen of kunnen dit werk nu niet doorgeven. Dit knooppunt blijft het proberen.',
    } satisfies Record<GapCause, string>,
  },
  seal: {
    of: (title: string): string => `Zegel van ‘${title}’`,
    forming: (title: string, have: number, total: number): string =>
      `Zegel van ‘${title}’, in wording: ${have} van ${many(total, 'deel', 'delen')} binnen`,
  },
  work: {
    backToWorks: 'Alle werken',
    previous: 'Vorige werk',
    next: 'Volgende werk',
    otherWorks: 'Andere werken',
    statement: 'Over het werk',
    credits: 'Met dank aan',
    warning: 'Let op',
    warnings: {
      flashing: 'flitsend of knipperend beeld',
      sound: 'geluid',
      subject: 'onderwerp dat kan raken',
    } satisfies Record<WarningKind, string>,
    start: 'Start het werk',
    show: 'Toon het werk',
    listen: 'Ga naar het geluid',
    watch: 'Ga naar de video',
    restart: 'Opnieuw',
    fullScreen: 'Volledig scherm',
    leaveFullScreen: 'Volledig scherm uit',
    close: 'Sluiten',
    enlarge: 'Bekijk groot',
    zoomIn: 'Dichterbij',
    zoomOut: 'Verder weg',
    fit: 'Passend',
    pictureView: 'Beeld op volledig scherm. Slepen of pijltoetsen verschuiven, plus en min vergroten.',
    pictureOf: (index: number, total: number): string => `Beeld ${index} van ${total}`,
    previousPicture: 'Vorige beeld',
    nextPicture: 'Volgende beeld',
    transcript: 'Uitgeschreven tekst',
    readingText: 'De tekst wordt geopend …',
    textFailed: 'De tekst kan nu niet worden geopend.',
    mediaFailed: 'Dit werk kan hier nu niet worden afgespeeld.',
    openFile: 'Open het bestand',
    fileHint: 'Dit werk opent in een eigen programma op je telefoon of computer.',
    complete: 'Het werk is er.',
    notYet: 'Dit werk is nog onderweg',
    openNow: 'Nu al bekijken, terwijl het binnenkomt',
  },
  provenance: {
    heading: 'Herkomst',
    signed: 'Ondertekend door de maker.',
    spread: (complete: number, nodes: number): string =>
      `Compleet op ${complete} van ${many(nodes, 'knooppunt', 'knooppunten')}.`,
    admitted: (names: string): string => `Toegelaten door ${names}.`,
    check: 'Kijk het zelf na',
    more: 'Sleutel en versies',
    fingerprint: 'Vingerafdruk van de sleutel',
    fingerprintHint:
      'Staat dezelfde vingerafdruk op het bordje aan de muur, dan is dit het werk van deze maker.',
    intake: 'Binnengebracht bij',
    versions: 'Versies',
    version: (sequence: number): string => `Versie ${sequence}`,
    shown: 'deze zie je',
    claimed: (day: string): string => `volgens de maker van ${day}`,
    root: 'Inhoud',
    size: 'Omvang',
  },
  mesh: {
    title: 'Het netwerk',
    intro:
      'Elk kastje in dit netwerk bewaart de tentoonstelling en geeft haar door aan zijn buren. Zo ziet het eruit vanaf het kastje waarmee jij verbonden bent.',
    summary: (nodes: number, links: number): string =>
      `${many(nodes, 'knooppunt', 'knooppunten')}, ${many(links, 'verbinding', 'verbindingen')}`,
    drawing: (nodes: number, links: number, here: string): string =>
      `Tekening van het netwerk: ${many(nodes, 'knooppunt', 'knooppunten')} en ${many(links, 'verbinding', 'verbindingen')}. Je bent bij ${here}.`,
    youAreHere: 'Je bent hier',
    here: (name: string): string => `Je bent bij ${name}`,
    asList: 'Het netwerk als lijst',
    connectedTo: (names: string): string => `verbonden met ${names}`,
    alone: 'nu met niemand verbonden',
    alonePage: 'Dit knooppunt hoort nu geen andere. Dat geeft niet: wat het heeft, laat het zien.',
    nodes: 'Knooppunten',
    node: 'Knooppunt',
    state: 'Toestand',
    complete: 'Werken compleet',
    ofTotal: (complete: number, total: number): string => `${complete} van ${total}`,
    rtt: 'Heen en terug',
    rttValue: (ms: number): string => `${Math.max(1, Math.round(ms))} ms`,
    notSaid: 'niet gezegd',
    states: {
      here: 'hier ben je',
      neighbour: 'buur',
      reachable: 'via een buur',
      late: 'antwoordt traag',
      lost: 'niet meer gehoord',
    } satisfies Record<NodeState, string>,
    silent: (seconds: number): string =>
      seconds < 90 ? `${Math.round(seconds)} s stil` : `${Math.round(seconds / 60)} min stil`,
    matrix: 'Wie heeft wat',
    matrixIntro: 'Een volle schijf is een compleet werk, een deel ervan is onderweg.',
    work: 'Werk',
    share: (percent: number): string => `${percent} procent`,
    all: 'compleet',
    none: 'nog niets',
    empty: 'Er zijn nog geen werken om te verdelen.',
    incidents: 'Aan de deur',
    incidentsIntro:
      'Wie zonder toestemming aanklopt of knoeit, komt er niet in. Wat er niet klopt, wordt nooit getoond en elders opnieuw gehaald.',
    noIncidents: 'Niemand is geweigerd.',
    unnamed: 'Een onbekend apparaat',
    times: (count: number): string => (count === 1 ? 'één keer' : `${count} keer`),
    reasons: {
      'not-granted': 'wilde meedoen zonder toestemming van de tentoonstelling',
      'other-exhibition': 'hoort bij een andere tentoonstelling',
      'bad-message': 'stuurde een onleesbaar bericht',
      'bad-chunk': 'stuurde een stuk van een werk dat niet klopte',
      'bad-record': 'stuurde een ondertekening die niet klopte',
      flood: 'stuurde te veel tegelijk',
    } satisfies Record<IncidentView['reason'], string>,
  },
  about: {
    title: 'Over dit netwerk',
    lead: 'Een tentoonstelling die nergens in de cloud staat. Geen account, geen internet, geen tussenpersoon: alleen kastjes in een gebouw, die elkaar de kunst doorgeven.',
    how: 'Hoe het werkt',
    howText: [
      'Je telefoon praat met het kastje dat het dichtst bij je is: een kleine computer met een eigen wifi-netwerk. Die kastjes zoeken elkaar op en vormen samen een maasnetwerk, een mesh.',
      'Een kunstenaar brengt een werk naar één kastje en zet er een digitale handtekening onder. Het werk reist in stukken van kastje naar kastje. Elk stuk wordt nagerekend voordat het wordt bewaard, getoond of doorgegeven.',
      'Valt een kastje uit, dan blijven de andere de tentoonstelling laten zien. Komt het terug, dan haalt het op wat het heeft gemist.',
    ],
    sealHeading: 'Het zegel',
    sealText:
      'Elk werk heeft een zegel van 36 vormen, afgeleid van het werk zelf. Terwijl een werk binnenkomt zijn de ontbrekende delen stippen; is het compleet, dan is het zegel dat ook. Verandert er één teken in het werk, dan wordt het een ander zegel.',
    values: 'Publieke waarden',
    valuesIntro:
      'Dit netwerk is gemaakt naar het manifest van PublicSpaces. Wat dat hier betekent, en wat niet:',
    value: {
      open: [
        'Open',
        'Open formaten en open protocollen, te bekijken met elke telefoon. De software is vrij, onder de EUPL 1.2, en te downloaden van dit kastje zelf.',
      ],
      transparent: [
        'Transparant',
        'Wie een werk toelaat of verwijdert, ondertekent dat besluit. Iedere bezoeker kan die besluiten lezen.',
      ],
      accountable: [
        'Verantwoord',
        'Bij elk werk staat wie het heeft ondertekend. Wat niet klopt met die handtekening, wordt niet getoond.',
      ],
      sovereign: [
        'Soeverein',
        'De maker houdt de sleutel. Trekt een maker een werk terug, dan verdwijnt het van ieder knooppunt dat daarvan hoort, voorgoed.',
      ],
      'user-centred': [
        'De mens voorop',
        'Geen cookies, geen profielen, geen verzoek aan een ander. We bewaren geen adres van je telefoon.',
      ],
    },
    honest: 'Wat we niet kunnen beloven',
    honestText:
      'De verbinding met het kastje is niet versleuteld: zonder internet is er geen certificaat. Wie dichtbij meeluistert, kan zien welke werken je bekijkt. En een werk dat iemand al heeft opgeslagen op een eigen toestel, kunnen wij daar niet weghalen.',
    source: 'Broncode en licentie',
    sourceText: 'De broncode van het programma dat je nu gebruikt, zoals het op dit kastje draait:',
    sourceLink: 'Download de broncode (tar.gz)',
    sourceLicence:
      'Licentie van de software: EUPL 1.2. Elk werk heeft zijn eigen licentie; die staat op het bordje.',
    curators: 'Curatoren',
    curatorsRule: (quorum: number): string =>
      quorum === 0
        ? 'Elk ondertekend werk wordt getoond.'
        : `Een werk wordt getoond als ${many(quorum, 'curator het toelaat', 'curatoren het toelaten')}.`,
    identity: 'Sleutel van de tentoonstelling',
  },
  problem: {
    unknownTitle: 'Deze bladzijde bestaat niet',
    unknown: 'Het adres klopt niet, of de bladzijde is er niet meer.',
    workUnknownTitle: 'Dit werk kennen we hier niet',
    workUnknown:
      'Het adres klopt niet, of het werk is nog niet bij dit knooppunt aangekomen. In dat laatste geval verschijnt het vanzelf.',
    withdrawnTitle: 'Teruggetrokken door de maker',
    withdrawn:
      'De maker heeft dit werk teruggetrokken. Wij laten het niet meer zien, op geen enkel knooppunt dat daarvan heeft gehoord.',
    removedTitle: 'Uit de tentoonstelling gehaald',
    removed:
      'De curatoren hebben dit werk uit de tentoonstelling gehaald. Hun besluit is ondertekend en na te lezen.',
    nodeTitle: 'Het knooppunt antwoordt niet',
    node: 'Misschien ben je te ver weg gelopen, of start het kastje net opnieuw op. We proberen het vanzelf opnieuw.',
    serverTitle: 'Er ging iets mis op het knooppunt',
    server: 'We proberen het vanzelf opnieuw. Blijft het misgaan, vraag dan iemand van de tentoonstelling.',
    noExhibitionTitle: 'Dit knooppunt heeft nog geen tentoonstelling',
    noExhibition: 'Het kastje is net begonnen en zoekt zijn buren. De tentoonstelling verschijnt vanzelf.',
    tryNow: 'Probeer het nu',
    toWorks: 'Naar de werken',
    toWelcome: 'Naar het begin',
    offline:
      'Geen verbinding met het knooppunt. Controleer of je nog op het wifi-netwerk van de tentoonstelling zit.',
    online: 'De verbinding is terug.',
  },
  news: {
    arrived: (title: string): string => `Nieuw werk: ${title}`,
    complete: (title: string): string => `Compleet binnen: ${title}`,
    several: (count: number): string => `${count} nieuwe werken`,
  },
}

export type Messages = typeof nl
