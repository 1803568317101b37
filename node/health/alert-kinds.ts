/** Everything the technicians' page can warn of: the one source of the page, of its API, and of docs/technicians.md. */
export interface AlertKindInfo {
  /** A notice is worth knowing, and the mesh is well all the same. */
  readonly severity: 'problem' | 'notice'
  /** How long it must hold before it is an alert, and be gone before it is none. */
  readonly raiseAfterSeconds: number
  readonly clearAfterSeconds: number
  readonly title: Words
  readonly threshold: Words
  readonly means: Words
  readonly doThis: Words
}

interface Words {
  readonly nl: string
  readonly en: string
}

type Texts = readonly [nl: string, en: string]

function kind(
  severity: 'problem' | 'notice',
  raiseAfterSeconds: number,
  clearAfterSeconds: number,
  texts: { title: Texts; threshold: Texts; means: Texts; doThis: Texts },
): AlertKindInfo {
  const words = ([nl, en]: Texts): Words => ({ nl, en })
  return Object.freeze({
    severity,
    raiseAfterSeconds,
    clearAfterSeconds,
    title: words(texts.title),
    threshold: words(texts.threshold),
    means: words(texts.means),
    doThis: words(texts.doThis),
  })
}

export const alertKinds = Object.freeze({
  'node-lost': kind('problem', 0, 0, {
    title: ['Knooppunt zwijgt', 'Node is silent'],
    threshold: ['45 seconden niets gehoord', 'not heard for 45 seconds'],
    means: [
      'Dit knooppunt heeft geen stroom, staat vast, of geen van zijn verbindingen werkt nog. Bezoekers daar zien niets meer.',
      'This node has no power, hangs, or none of its links works any more. Visitors there see nothing.',
    ],
    doThis: [
      'Kijk of het lampje brandt en de voeding goed vastzit. Brandt het: trek de stekker eruit, tel tot tien, steek hem erin. Komt het na twee minuten niet terug, verwissel dan de kaart.',
      'See whether its light is on and its power plug sits well. If it is on: unplug it, count to ten, plug it in. If it is not back within two minutes, change the card.',
    ],
  }),
  'node-late': kind('notice', 0, 0, {
    title: ['Knooppunt is laat', 'Node is late'],
    threshold: ['15 seconden niets gehoord', 'not heard for 15 seconds'],
    means: [
      'Het knooppunt herstart misschien, of de verbinding is even weg.',
      'The node may be restarting, or its link is away for a moment.',
    ],
    doThis: ['Wacht een halve minuut.', 'Wait half a minute.'],
  }),
  alone: kind('problem', 10, 5, {
    title: ['Dit knooppunt staat alleen', 'This node is alone'],
    threshold: ['10 seconden geen enkele buur', 'no neighbour for 10 seconds'],
    means: [
      'Wat deze pagina toont, gaat alleen over dit knooppunt: het hoort niemand anders.',
      'What this page shows is about this node only: it hears nobody else.',
    ],
    doThis: [
      'Kijk of de mesh-antenne of netwerkkabel vastzit, en open deze pagina ook op een ander knooppunt.',
      'See whether the mesh radio or network cable sits well, and open this page on another node as well.',
    ],
  }),
  'link-lost': kind('notice', 3, 10, {
    title: ['Verbinding verbroken', 'Link lost'],
    threshold: [
      'een verbinding die er het laatste uur was, is 3 seconden weg terwijl beide kanten er zijn',
      'a link of the last hour is away for 3 seconds while both ends are heard',
    ],
    means: [
      'Twee knooppunten horen elkaar niet meer rechtstreeks. Het netwerk gaat eromheen, zolang er een andere weg is.',
      'Two nodes no longer hear each other directly. The mesh goes around it, as long as there is another way.',
    ],
    doThis: [
      'Kijk wat er tussen de twee is komen te staan: mensen, een deur, metaal. Verzet zo nodig een knooppunt een meter.',
      'See what has come between the two: people, a door, metal. Move a node by a metre if need be.',
    ],
  }),
  'link-slow': kind('problem', 4, 15, {
    title: ['Trage verbinding', 'Slow link'],
    threshold: [
      'minder dan 256 KiB/s terwijl er wordt opgehaald, of heen en weer langer dan 500 ms',
      'less than 256 KiB/s while something is fetched, or a round trip beyond 500 ms',
    ],
    means: ['Werken komen langs deze verbinding langzaam binnen.', 'Works come in slowly over this link.'],
    doThis: [
      'Zet de twee dichter bij elkaar of gebruik een netwerkkabel. Kies een ander kanaal als er veel wifi omheen is.',
      'Put the two closer together or use a network cable. Choose another channel where there is much Wi-Fi around.',
    ],
  }),
  'disk-full': kind('problem', 0, 5, {
    title: ['Kaart vol', 'Card full'],
    threshold: ['vrije ruimte onder de reserve', 'free space below the reserve'],
    means: [
      'Het knooppunt haalt niets meer op. Wat het heeft, toont het nog.',
      'The node fetches nothing more. What it has it still shows.',
    ],
    doThis: [
      'Ruim op met de knop ‘Opruimen’. Helpt dat niet, gebruik een grotere kaart.',
      'Use ‘Collect garbage’. If that does not help, use a larger card.',
    ],
  }),
  'disk-low': kind('notice', 10, 30, {
    title: ['Kaart bijna vol', 'Card nearly full'],
    threshold: ['vrije ruimte minder dan twee keer de reserve', 'free space less than twice the reserve'],
    means: ['Een groot werk past er misschien niet meer bij.', 'A large work may not fit any more.'],
    doThis: ['Ruim op met de knop ‘Opruimen’.', 'Use ‘Collect garbage’.'],
  }),
  'disk-errors': kind('problem', 0, 60, {
    title: ['Kaart geeft fouten', 'Card gives errors'],
    threshold: ['het bestandssysteem telde een fout', 'the file system has counted an error'],
    means: ['De geheugenkaart gaat stuk.', 'The memory card is wearing out.'],
    doThis: [
      'Vervang de kaart vandaag nog. De werken komen vanzelf van de buren.',
      'Change the card today. The works come back from the neighbours by themselves.',
    ],
  }),
  damaged: kind('problem', 0, 0, {
    title: ['Beschadigd deel gevonden', 'Damaged chunk found'],
    threshold: [
      'in de laatste minuut, of nog niet opnieuw opgehaald',
      'in the last minute, or not yet fetched anew',
    ],
    means: [
      'Een deel van een werk op dit knooppunt klopte niet meer met zijn kenmerk. Het is opzijgezet en wordt opnieuw opgehaald; bezoekers kregen het niet te zien.',
      'A part of a work on this node no longer matched its name. It was set aside and is fetched anew; no visitor was shown it.',
    ],
    doThis: [
      'Eén keer is geen ramp. Gebeurt het vaker op hetzelfde knooppunt: controleer alles met ‘Controleer elke byte’ en vervang de kaart.',
      'Once is no disaster. If it happens again on the same node: use ‘Verify every byte’, and change the card.',
    ],
  }),
  'work-missing': kind('problem', 8, 0, {
    title: ['Werk ontbreekt', 'Work is missing'],
    threshold: [
      'een bereikbaar knooppunt mist een werk 8 seconden, en het komt niet binnen',
      'a node that is heard lacks a work for 8 seconds, and it is not coming in',
    ],
    means: [
      'Het werk is geweigerd, of geen enkele buur die dit knooppunt hoort heeft het.',
      'The work was refused, or no neighbour that this node hears has it.',
    ],
    doThis: [
      'Zie de reden in de tabel van werken. ‘Onbereikbaar’: zet een knooppunt aan dat het werk heeft. ‘Geweigerd’: vraag de kunstenaar het opnieuw aan te bieden.',
      'See the cause in the table of works. ‘Unreachable’: switch on a node that has the work. ‘Refused’: ask the artist to bring it in anew.',
    ],
  }),
  'clock-wrong': kind('problem', 2, 5, {
    title: ['Klok loopt verkeerd', 'Clock is wrong'],
    threshold: [
      'meer dan 30 seconden verschil met de meeste buren',
      'more than 30 seconds from what most neighbours have',
    ],
    means: [
      'De tentoonstelling heeft er geen last van: daar beslist geen klok iets. Tijden in logboeken kloppen niet.',
      'The exhibition does not suffer: no clock decides anything there. Times in logs are wrong.',
    ],
    doThis: ['Gebruik ‘Zet de klok’.', 'Use ‘Set the clock’.'],
  }),
  stranger: kind('notice', 0, 0, {
    title: ['Onbekend knooppunt klopte aan', 'A stranger knocked'],
    threshold: ['in de laatste minuut', 'in the last minute'],
    means: [
      'Een apparaat zonder toelating wilde meedoen en is geweigerd. Het kreeg niets.',
      'A device without a grant wanted to take part and was turned away. It got nothing.',
    ],
    doThis: [
      'Is het van jullie? Laat het toe met een uitnodiging. Zo niet: er is niets aan de hand.',
      'Is it yours? Let it in with an invite. If not: nothing is wrong.',
    ],
  }),
  liar: kind('problem', 0, 0, {
    title: ['Een knooppunt gaf iets vals', 'A node gave something false'],
    threshold: ['in de laatste minuut', 'in the last minute'],
    means: [
      'Een toegelaten knooppunt stuurde een vals deel of bericht. Het is buitengesloten; niets ervan is getoond.',
      'A granted node sent a false chunk or message. It is shut out for a while; nothing of it was shown.',
    ],
    doThis: [
      'Schrijf zijn kaart opnieuw. Blijft het gebeuren, trek dan zijn toelating in.',
      'Write its card anew. If it goes on, revoke its grant.',
    ],
  }),
  'false-status': kind('notice', 0, 0, {
    title: ['Vals of oud statusbericht', 'Forged or stale status'],
    threshold: ['in de laatste minuut', 'in the last minute'],
    means: [
      'Er kwam een statusbericht dat niet echt, of al eerder gezegd was. Het telt niet mee.',
      'A status came that was not genuine, or had been said before. It does not count.',
    ],
    doThis: [
      'Eén keer: niets. Vaker: kijk welk knooppunt het doorgeeft bij ‘Wie is geweigerd’.',
      'Once: nothing. More often: see which node passes it on under ‘turned away’.',
    ],
  }),
  'records-differ': kind('problem', 60, 5, {
    title: ['Knooppunt loopt achter', 'Node is behind'],
    threshold: ['een minuut lang andere gegevens', 'other records for a minute'],
    means: [
      'Dit knooppunt kent niet dezelfde werken en besluiten als hier: het toont misschien iets ouds.',
      'This node does not know the same works and decisions as here: it may show something old.',
    ],
    doThis: [
      'Wacht nog een minuut. Blijft het zo, herstart dan de dienst op dat knooppunt.',
      'Wait another minute. If it stays so, restart the service on that node.',
    ],
  }),
  hot: kind('problem', 15, 30, {
    title: ['Te warm', 'Too hot'],
    threshold: ['80 °C of meer; voorbij onder 75 °C', '80 °C or more; over below 75 °C'],
    means: ['De processor remt zichzelf af.', 'The processor slows itself down.'],
    doThis: ['Geef het lucht: uit de zon, uit de kist.', 'Give it air: out of the sun, out of the box.'],
  }),
  power: kind('problem', 5, 30, {
    title: ['Te weinig stroom', 'Too little power'],
    threshold: ['de Pi meldt onderspanning of remt nu', 'the Pi reports under-voltage, or is throttled now'],
    means: [
      'De voeding of de kabel is te zwak. Dit maakt kaarten stuk.',
      'The power supply or its cable is too weak. This ruins cards.',
    ],
    doThis: [
      'Gebruik de voeding van de Pi zelf en een korte kabel.',
      "Use the Pi's own supply and a short cable.",
    ],
  }),
  'memory-low': kind('notice', 20, 30, {
    title: ['Weinig geheugen', 'Little memory'],
    threshold: ['minder dan 8 % beschikbaar; voorbij boven 12 %', 'less than 8 % available; over above 12 %'],
    means: [
      'Er draait iets anders op dit knooppunt, of het is erg druk.',
      'Something else runs on this node, or it is very busy.',
    ],
    doThis: ['Herstart de dienst op een rustig moment.', 'Restart the service at a quiet moment.'],
  }),
  busy: kind('notice', 60, 60, {
    title: ['Zwaar belast', 'Heavily loaded'],
    threshold: [
      'een minuut lang een belasting boven 2 per kern; voorbij onder 1,5',
      'a load above 2 a core for a minute; over below 1.5',
    ],
    means: ['Pagina’s openen hier langzamer.', 'Pages open more slowly here.'],
    doThis: [
      'Verdeel bezoekers over knooppunten; zet het dichtstbijzijnde erbij.',
      'Spread visitors over nodes; add one nearby.',
    ],
  }),
  'hotspot-full': kind('notice', 15, 60, {
    title: ['Hotspot vol', 'Hotspot full'],
    threshold: ['21 of meer telefoons', '21 phones or more'],
    means: ['Nieuwe telefoons komen er misschien niet bij.', 'New phones may not get in.'],
    doThis: ['Wijs bezoekers naar een ander knooppunt.', 'Send visitors to another node.'],
  }),
  'versions-differ': kind('notice', 60, 5, {
    title: ['Verschillende versies', 'Versions differ'],
    threshold: [
      'een minuut lang een andere versie dan dit knooppunt',
      'another version than this node for a minute',
    ],
    means: [
      'Ze werken samen, maar niet met alles wat nieuw is.',
      'They work together, but not with all that is new.',
    ],
    doThis: ['Werk het oudste bij als er tijd is.', 'Update the older one when there is time.'],
  }),
  draining: kind('notice', 0, 0, {
    title: ['Wordt leeggemaakt', 'Being drained'],
    threshold: ['een technicus heeft erom gevraagd', 'a technician asked for it'],
    means: ['Het neemt geen nieuwe werken meer aan.', 'It takes no new works in.'],
    doThis: [
      'Als elk werk elders heel is, mag het uit. Vraag het nog eens om ermee op te houden.',
      'Once every work is whole elsewhere, it may be switched off. Ask once more to end it.',
    ],
  }),
} as const satisfies Record<string, AlertKindInfo>)

export type AlertKind = keyof typeof alertKinds
