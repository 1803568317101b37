import type { ValueCheckId } from '../../../node/http/contracts/values.ts'
import type { Answer, StatementId, Value } from '../../model/public-values.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** Every text of the page of public values in Dutch, the language the others are measured by. */
export const nl = {
  title: 'Publieke waarden',
  intro:
    'Dit netwerk is gemaakt naar het manifest van PublicSpaces. Hieronder staan de waarden een voor een, zoals in hun Digitale Spoelkeuken: ja, nee, of anders en dan uitgelegd. Wat na te kijken is, kijkt dit knooppunt nu na.',
  source: 'Naar: PublicSpaces, Manifest (publicspaces.net). In onze eigen woorden.',
  summary: (good: number, bad: number, unknown: number): string =>
    [
      bad === 0 ? 'Geen enkele controle faalt.' : `${many(bad, 'controle faalt', 'controles falen')}.`,
      `${many(good, 'controle klopt', 'controles kloppen')}.`,
      unknown === 0 ? '' : `${many(unknown, 'controle kon', 'controles konden')} niet worden gedaan.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  age: (seconds: number): string =>
    seconds < 2 ? 'Zojuist nagekeken.' : `${seconds} seconden geleden nagekeken.`,
  answer: { yes: 'Ja', no: 'Nee', explain: 'Anders, uitgelegd' } satisfies Record<Answer, string>,
  value: {
    open: 'Open',
    transparent: 'Transparant',
    accountable: 'Verantwoordelijk',
    sovereign: 'Soeverein',
    'user-centred': 'Mensgericht',
  } satisfies Record<Value, string>,
  statement: {
    'free-software': [
      'De software is vrij, en van iedereen.',
      'De licentie is EUPL 1.2. Je haalt de broncode op bij dit kastje zelf: precies die waar het nu op draait.',
    ],
    'open-formats': [
      'Werken en besluiten staan in open formaten.',
      'Bestanden zijn IPFS-inhoud, sleutels zijn did:key, stukken zijn ondertekende enveloppen. Ander gereedschap kan ze lezen zonder ons.',
    ],
    anyone: [
      'Iedereen kan meedoen.',
      'Kijken kan met elke telefoon, zonder account, en ook zonder JavaScript. Een werk aandragen kan iedereen met een sleutel. Een knooppunt toevoegen kan alleen wie de tentoonstelling leidt: het gaat om een netwerk in een gebouw.',
    ],
    'public-decisions': [
      'Wie kiest wat er hangt, doet dat zichtbaar.',
      'Elke toelating, afwijzing, verwijdering en wijziging van curatoren is een ondertekend stuk dat je kunt lezen, met de reden.',
    ],
    'no-hidden-choice': [
      'Er is geen verborgen selectie.',
      'Werken staan op spoor en titel. Niemand krijgt een andere volgorde, en er is niets dat onthoudt wat jij bekeek.',
    ],
    'no-business-model': [
      'Er wordt niet aan je verdiend.',
      'Geen reclame, geen verkoop, geen gegevens die een ander koopt. De tentoonstelling is van de instellingen die haar maken.',
    ],
    traceable: [
      'Wat je ziet is te herleiden tot wie het maakte.',
      'Elke byte hoort bij de handtekening van de maker. Kijk het na in je eigen browser: de knop staat bij elk werk.',
    ],
    'verified-without-data': [
      'Gebruikers zijn geverifieerd.',
      'Het manifest vraagt om geverifieerde gebruikers en ook om zo min mogelijk persoonsgegevens. Wij doen beide door sleutels te verifiëren in plaats van mensen: wie iets plaatst of beslist, tekent met een sleutel die niemand anders heeft, en curatoren die elkaar kennen staan er met hun naam voor in. Wie alleen kijkt is niemand: van bezoekers weten we niets, dus valt er niets te verifiëren en niets te lekken.',
    ],
    answerable: [
      'Wie iets beslist is aanspreekbaar.',
      'Bij elk besluit staat de naam van de curator en van de instelling die haar of hem noemde. Een curator die vertrekt houdt geen macht: de tentoonstelling noemt welke besluiten blijven gelden.',
    ],
    'own-keys': [
      'Makers houden hun werk in eigen hand.',
      'De sleutel ligt bij de maker en nergens anders. Trekt een maker een werk in, dan gaat het overal weg waar dat bekend wordt, voorgoed.',
    ],
    'no-visitor-data': [
      'Over bezoekers wordt niets bewaard.',
      'Geen account, geen profiel, geen logboek van adressen. Om dit na te kijken zoekt het knooppunt het adres van wie dit vraagt in alles wat het schrijft, en vergeet het weer.',
    ],
    'own-network': [
      'Het netwerk hangt van geen ander bedrijf af.',
      'Geen cloud, geen internet, geen letterbestand van een ander. Valt een kastje uit, dan gaan de andere door.',
    ],
    'no-tracking': [
      'Je wordt niet gevolgd en niet verleid.',
      'Geen cookies, geen meldingen om terug te komen, niets dat doorspeelt tot je blijft. Een werk begint pas als jij dat wilt.',
    ],
    accessible: [
      'De tentoonstelling is er voor iedereen, met elke beperking.',
      'De pagina’s worden bij elke wijziging nagekeken met axe, met toetsenbord, in donker en licht, op 320 pixels breed. Elk beeld heeft tekst, elk geluid hoort een uitschrift te hebben. Wat niet is gedaan: een keuring door mensen die er afhankelijk van zijn. En wat een maker maakt, kan voor jou ontoegankelijk zijn.',
    ],
    'private-line': [
      'Niemand kan meekijken terwijl jij kijkt.',
      'Dit kunnen we niet beloven. Zonder internet is er geen certificaat, dus is de verbinding met het kastje niet versleuteld. Wie dichtbij meeluistert kan zien welke werken je opent.',
    ],
  } satisfies Record<StatementId, [string, string]>,
  state: {
    good: 'Nagekeken: klopt',
    bad: 'Nagekeken: klopt niet',
    unknown: 'Kon niet worden nagekeken',
    unchecked: 'Uitleg; niet na te kijken door een machine',
  },
  check: {
    cookies: (looked: number): string =>
      `Geen van de ${many(looked, 'antwoord', 'antwoorden')} sinds het starten zette een cookie.`,
    origins: (looked: number): string =>
      `In ${many(looked, 'pagina of opmaakbestand', 'pagina’s en opmaakbestanden')} staat niets van een ander adres.`,
    addresses: (looked: number): string =>
      `Het adres van wie dit liet nakijken staat niet in het logboek en niet in ${many(looked, 'bestand', 'bestanden')} op schijf.`,
    source: (looked: number): string =>
      `${many(looked, 'bestand', 'bestanden')} broncode: gelijk aan waar dit knooppunt mee startte.`,
    licence: (): string => 'De licentie zit bij de broncode.',
    signatures: (looked: number, of: number): string =>
      `Handtekeningen van ${looked} van ${many(of, 'getoond werk', 'getoonde werken')} opnieuw nagerekend.`,
    decisions: (looked: number): string =>
      `${many(looked, 'besluit', 'besluiten')} onder wat hangt en wat weg is: allemaal te lezen.`,
    withdrawn: (looked: number): string =>
      `${many(looked, 'ingetrokken werk', 'ingetrokken werken')}: niets meer van op deze schijf.`,
    'same-for-all': (looked: number): string =>
      `${many(looked, 'vraag', 'vragen')}, door verschillende bezoekers gesteld: hetzelfde antwoord.`,
  } satisfies Record<ValueCheckId, (looked: number, of: number) => string>,
  /** Wat er mis is, in gewone woorden; de bijzonderheden zijn voor de technicus. */
  bad: {
    cookies: 'Een antwoord aan bezoekers zette een cookie.',
    origins: 'Een pagina haalt iets van een ander adres, of zou dat mogen.',
    addresses: 'Het adres van wie dit liet nakijken, staat in het logboek of op de schijf.',
    source: 'De broncode is niet meer die waar dit knooppunt mee startte. Na een herstart klopt het weer.',
    licence: 'De licentie zit niet bij de broncode.',
    signatures: 'Van een getoond werk klopt de handtekening of de inhoud niet.',
    decisions: 'Bij een werk dat hangt of weg is, ontbreken de besluiten die dat zeggen.',
    withdrawn: 'Van een ingetrokken werk staat hier nog iets op de schijf.',
    'same-for-all': 'Dezelfde vraag kreeg niet voor iedereen hetzelfde antwoord.',
  } satisfies Record<ValueCheckId, string>,
  couldNot: {
    cookies: 'Of antwoorden een cookie zetten, kon niet worden nagekeken.',
    origins: 'De pagina’s konden niet worden nagekeken.',
    addresses: 'Waar dit knooppunt schrijft, kon niet worden nagekeken.',
    source: 'De broncode kon niet worden gelezen.',
    licence: 'De licentie kon niet worden gelezen.',
    signatures: 'De handtekeningen konden niet worden nagerekend.',
    decisions: 'De besluiten konden niet worden nagekeken.',
    withdrawn: 'De schijf kon niet worden nagekeken.',
    'same-for-all': 'De vragen konden niet worden gesteld.',
  } satisfies Record<ValueCheckId, string>,
  forTechnicians: 'Voor de technicus',
  noAnswer: 'Het knooppunt geeft nu geen antwoord.',
  again: 'Kijk opnieuw na',
  decisions: 'Lees de besluiten',
}

export type ValuesMessages = typeof nl
