import type { Language } from '../lite/language.ts'

interface PrintWords {
  readonly labels: string
  readonly labelsHelp: string
  readonly noWorks: string
  readonly key: string
  readonly qr: (title: string) => string
  readonly sign: string
  readonly signHelp: string
  readonly network: string
  readonly password: string
  readonly make: string
  readonly lead: string
  readonly join: string
  readonly joinText: string
  readonly joinQr: string
  readonly open: string
  readonly openText: string
  readonly openQr: string
  readonly stay: string
}

export const printWords: Readonly<Record<Language, PrintWords>> = {
  nl: {
    labels: 'Zaalbordjes',
    labelsHelp:
      'Druk deze bladzijde af (A4, ware grootte, zonder kop- en voetteksten) en snijd langs de lijnen. Kies met ?track=… een spoor, met ?works=naam,naam losse werken.',
    noWorks: 'Er zijn geen werken met deze namen.',
    key: 'sleutel',
    qr: (title) => `QR-code van de bladzijde van ${title}`,
    sign: 'Wifi-bord',
    signHelp:
      'Vul in hoe het wifi-netwerk heet, en druk daarna af op A4. Wat je invult, blijft in het adres van deze bladzijde.',
    network: 'Naam van het wifi-netwerk',
    password: 'Wachtwoord (leeg als het netwerk open is)',
    make: 'Maak het bord',
    lead: 'Kunst op een netwerk zonder internet.',
    join: '1. Verbind met de wifi',
    joinText: 'Richt je camera op de code, of kies het netwerk zelf:',
    joinQr: 'QR-code die met de wifi verbindt',
    open: '2. Open de tentoonstelling',
    openText: 'Opent er niets vanzelf, richt dan je camera op deze code of typ in je browser:',
    openQr: 'QR-code met het adres van de tentoonstelling',
    stay: 'Meldt je telefoon dat er geen internet is? Dat klopt: kies om verbonden te blijven. Er wordt niets over je bewaard.',
  },
  en: {
    labels: 'Wall labels',
    labelsHelp:
      'Print this page (A4, actual size, without headers and footers) and cut along the lines. Choose a track with ?track=…, single works with ?works=name,name.',
    noWorks: 'There are no works with these names.',
    key: 'key',
    qr: (title) => `QR code of the page of ${title}`,
    sign: 'Wi-Fi sign',
    signHelp:
      'Say what the Wi-Fi network is called, then print on A4. What you fill in stays in the address of this page.',
    network: 'Name of the Wi-Fi network',
    password: 'Password (empty if the network is open)',
    make: 'Make the sign',
    lead: 'Art on a network without internet.',
    join: '1. Join the Wi-Fi',
    joinText: 'Point your camera at the code, or choose the network yourself:',
    joinQr: 'QR code that joins the Wi-Fi',
    open: '2. Open the exhibition',
    openText: 'If nothing opens by itself, point your camera at this code, or type in your browser:',
    openQr: 'QR code with the address of the exhibition',
    stay: 'Does your phone say that there is no internet? That is right: choose to stay connected. Nothing about you is kept.',
  },
}
