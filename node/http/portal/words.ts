import type { Language } from '../lite/language.ts'

interface SystemHelp {
  readonly system: string
  readonly steps: readonly string[]
}

export interface PortalWords {
  readonly name: string
  readonly title: string
  readonly what: string
  readonly noInternet: string
  readonly browser: string
  readonly address: string
  readonly qr: string
  readonly here: string
  readonly stayHeading: string
  readonly stay: string
  readonly stayMore: string
  readonly help: readonly SystemHelp[]
  readonly private: string
  readonly readyTitle: string
  readonly ready: string
}

export const portalWords: Readonly<Record<Language, PortalWords>> = {
  nl: {
    name: 'Nederlands',
    title: 'Je bent op de tentoonstelling',
    what: 'Deze wifi hoort bij een tentoonstelling van digitale kunst. De werken staan op het kastje naast je, niet op internet. Kijken is gratis en je hoeft je nergens aan te melden.',
    noInternet: 'Er is hier geen internet. Dat is de bedoeling.',
    browser: 'Open de tentoonstelling in je gewone browser',
    address: 'Typ dit adres, of houd het ingedrukt om het te kopiëren:',
    qr: 'QR-code met dit adres',
    here: 'Bekijk de eenvoudige versie hier',
    stayHeading: 'Blijf verbonden',
    stay: 'Ik blijf op dit netwerk',
    stayMore:
      'Tik hierop, dan laat dit kastje je telefoon een tijdje weten dat alles in orde is. Vraagt je telefoon daarna of je wilt blijven zonder internet, zeg dan ja.',
    help: [
      {
        system: 'iPhone, iPad',
        steps: [
          'Tik op ‘Ik blijf op dit netwerk’ en dan rechtsboven op ‘Gereed’. Staat daar ‘Annuleer’, tik daarop en kies ‘Gebruik zonder internet’.',
          'Open Safari en typ het adres.',
        ],
      },
      {
        system: 'Android',
        steps: [
          'Tik op ‘Ik blijf op dit netwerk’. Het venster sluit soms vanzelf.',
          'Meldt je telefoon ‘Geen internet’ of ‘Beperkte verbinding’, kies dan ‘Toch gebruiken’ of ‘Verbinding behouden’, en vink ‘Niet meer vragen’ aan.',
          'Opent het adres niet, zet dan mobiele data even uit.',
        ],
      },
      {
        system: 'Windows',
        steps: [
          'Bij de wifi staat ‘Geen internet, open’. Dat klopt. Open je browser en typ het adres, met http:// ervoor.',
        ],
      },
      {
        system: 'Mac',
        steps: ['Sluit dit venster en kies ‘Gebruik zonder internet’. Open je browser en typ het adres.'],
      },
      { system: 'Linux', steps: ['Sluit het venster van het netwerk. Open je browser en typ het adres.'] },
    ],
    private:
      'Dit kastje bewaart niets over jou. Kies je om te blijven, dan onthoudt het dat een paar minuten in zijn geheugen, zonder het adres van je telefoon op te slaan.',
    readyTitle: 'Klaar om te kijken',
    ready: 'Je mag dit venster sluiten. Open je gewone browser en typ:',
  },
  en: {
    name: 'English',
    title: 'You are at the exhibition',
    what: 'This Wi-Fi belongs to an exhibition of digital art. The works are on the box beside you, not on the internet. Looking is free, and there is nothing to sign up for.',
    noInternet: 'There is no internet here. That is the idea.',
    browser: 'Open the exhibition in your own browser',
    address: 'Type this address, or press and hold it to copy:',
    qr: 'QR code of this address',
    here: 'See the simple version here',
    stayHeading: 'Stay connected',
    stay: 'I stay on this network',
    stayMore:
      'Tap this, and the box tells your phone for a while that all is well. If your phone then asks whether to stay without internet, say yes.',
    help: [
      {
        system: 'iPhone, iPad',
        steps: [
          'Tap ‘I stay on this network’, then ‘Done’ at the top right. If it says ‘Cancel’, tap that and choose ‘Use Without Internet’.',
          'Open Safari and type the address.',
        ],
      },
      {
        system: 'Android',
        steps: [
          'Tap ‘I stay on this network’. The window may close by itself.',
          'If your phone says ‘No internet’ or ‘Limited connection’, choose ‘Use anyway’ or ‘Keep connection’, and tick ‘Don’t ask again’.',
          'If the address does not open, switch mobile data off for a moment.',
        ],
      },
      {
        system: 'Windows',
        steps: [
          'The Wi-Fi says ‘No internet, open’. That is right. Open your browser and type the address, with http:// before it.',
        ],
      },
      {
        system: 'Mac',
        steps: [
          'Close this window and choose ‘Use Without Internet’. Open your browser and type the address.',
        ],
      },
      {
        system: 'Linux',
        steps: ['Close the window of the network. Open your browser and type the address.'],
      },
    ],
    private:
      'This box keeps nothing about you. If you choose to stay, it remembers that in its memory for some minutes, without storing the address of your phone.',
    readyTitle: 'Ready to look',
    ready: 'You may close this window. Open your own browser and type:',
  },
}
