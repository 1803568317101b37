import type { VisitMessages } from './nl.ts'

/** Words for finding works and looking at them. */
export const visit: VisitMessages = {
  finding: {
    search: 'Search titles, artists and texts',
    filters: 'Refine',
    medium: 'Medium',
    language: 'Language',
    venue: 'Brought in at',
    artist: 'Artist',
    any: { medium: 'Any medium', language: 'Any language', venue: 'All places', artist: 'All artists' },
    option: (name, works) => `${name} (${works.toLocaleString('en')})`,
    clear: 'Clear all choices',
    all: (shown) => `of ${shown.toLocaleString('en')}`,
    nothing: 'Nothing found.',
    nothingMore: 'No work fits everything you have chosen. Search with fewer words, or clear a choice.',
    firstOf: (rows, all) =>
      `The ${rows} works that are in the fewest places, of ${all.toLocaleString('en')}.`,
    pages: 'Pages',
    page: (number, of) => `Page ${number} of ${of.toLocaleString('en')}`,
    previous: 'Previous page',
    next: 'Next page',
    unnamed: 'A node without a name',
  },
  artist: {
    title: 'Artist',
    alsoAs: (names) => `Also as ${names}`,
    works: 'Works in this exhibition',
    key: 'Fingerprint of the key',
    keyHint:
      'Everything on this page is signed with the same key. If the label on the wall, or the artist, shows this fingerprint too, it is the same artist.',
    unknownTitle: 'We do not know this artist here',
    unknown:
      'The address is wrong, or no work of this artist hangs here now. As soon as one comes in, it appears here by itself.',
  },
  along: {
    heading: 'Take it with you',
    allowed: (licence) =>
      `The licence of this work (${licence}) lets you copy it and pass it on, with the name of its maker.`,
    notAllowed: (licence) =>
      `This work cannot be taken along: its licence (${licence}) does not simply allow copying.`,
    file: 'Save the file',
    whole: 'Save the whole work, with all its parts',
    wholeHint:
      'The whole work comes as a CAR file, which programs for IPFS can open. Everything in it can be told by its content, years later too.',
    code: 'On another phone',
    codeLabel: 'QR code with the address of this page',
    codeHint: 'Works on any phone that is connected to the Wi-Fi of the exhibition.',
  },
  errors: {
    languageTitle: 'We do not have this language',
    language: 'The exhibition is there in Dutch and in English.',
    inDutch: 'Deze bladzijde in het Nederlands',
    inEnglish: 'This page in English',
  },
  viewer: {
    openElsewhere: 'See it now, through another node',
    openPart: 'See what is here already',
    notEnough: 'Not enough of it is here yet to show it. It opens by itself as soon as it is.',
    controls: 'Controls',
    opening: 'Opening the work …',
    modelKeys:
      'Turn it with the arrow keys, plus and minus bring it closer and further away, zero sets it straight.',
    turnLeft: 'Turn left',
    turnRight: 'Turn right',
    turnUp: 'Tilt up',
    turnDown: 'Tilt down',
    reset: 'Set straight',
    play: 'Let it move',
    pause: 'Hold it still',
    openModel: 'View in 3D',
    noWebgl: 'This browser cannot show 3D. You can open the file in another program.',
    modelFailed: 'This model cannot be shown here now.',
    pdfFailed: 'This publication cannot be shown here now.',
    pageOf: (number, of) => `Page ${number} of ${of}`,
    pageNumber: 'Go to page',
    previousPage: 'Previous page',
    nextPage: 'Next page',
    pageText: (number) => `Text of page ${number}`,
    noText: 'This page has no text that can be read out.',
  },
}
