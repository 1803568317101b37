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
}
