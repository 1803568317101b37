import type { Messages } from './nl.ts'
import { visit } from './visit/en.ts'

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

export const en: Messages = {
  ...visit,
  site: {
    name: 'Mesh Art Network',
    tagline: 'no internet, all ours',
    skip: 'Skip to content',
    menu: 'Main menu',
    works: 'Works',
    mesh: 'The network',
    about: 'About',
    decisions: 'Decisions',
    otherLanguage: 'Nederlands',
    studio: 'Bring your work',
    source: 'Source code',
    footer: 'This page comes from the box beside you. Nothing about you is kept.',
    loading: 'One moment …',
  },
  welcome: {
    title: 'Welcome',
    worksHeading: 'Works',
    meshHeading: 'The network right now',
    allWorks: 'See all works by track',
  },
  filter: {
    label: 'Choose a track',
    all: 'All',
    shown: (count, track) =>
      track === ''
        ? `Showing ${many(count, 'work', 'works')}.`
        : `${track}: showing ${many(count, 'work', 'works')}.`,
  },
  works: {
    title: 'Works',
    count: (count) => many(count, 'work', 'works'),
    empty: 'Nothing hangs here yet.',
    emptyMore:
      'This exhibition has no works yet, or this node has not heard of them. As soon as a work comes in, it appears by itself.',
    emptyTrack: 'Nothing hangs in this track yet.',
    emptyTrackMore: 'Have a look at the other tracks meanwhile.',
    all: 'All works',
  },
  tracks: {
    'public-ai': 'Public AI',
    'next-socials': 'The Next Socials',
    'digital-autonomy': 'Digital Autonomy',
    'decentralised-web': 'The Decentralised Web',
  },
  media: {
    image: 'Image',
    images: 'Image series',
    audio: 'Sound',
    video: 'Video',
    text: 'Text',
    interactive: 'Interactive',
    model: '3D',
    pdf: 'Publication',
  },
  duration: (hours, minutes, seconds) =>
    [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', seconds > 0 ? `${seconds} s` : '']
      .filter((part) => part !== '')
      .join(' '),
  progress: {
    parts: (have, total) => `${have} of ${many(total, 'part', 'parts')}`,
    arrivingFrom: (names) => `Coming in from ${names}`,
    arriving: 'Coming in',
    here: 'All here',
    cause: {
      elsewhere: 'Kept by other nodes',
      arriving: 'Coming in',
      waiting: 'Waiting its turn',
      'no-neighbour-has-it': 'Waiting: no neighbour has the rest yet',
      'disk-full': 'Stopped: the storage of this node is full',
      refused: 'Stopped: the neighbours do not pass it on',
    },
    causeMore: {
      elsewhere:
        'This node does not keep every work. The work comes from another node as soon as you open it.',
      arriving: 'Nothing for you to do: the work opens by itself as soon as it is here.',
      waiting: 'Other works go first. The work opens by itself as soon as it is here.',
      'no-neighbour-has-it':
        'None of the nodes nearby has all of this work yet. As soon as one comes by that has it, it goes on.',
      'disk-full':
        'There is no room left for this work. The technician of the exhibition can make room; then it goes on by itself.',
      refused: 'The nodes nearby will not or cannot pass this work on now. This node keeps trying.',
    },
  },
  seal: {
    of: (title) => `Seal of ‘${title}’`,
    forming: (title, have, total) =>
      `Seal of ‘${title}’, forming: ${have} of ${many(total, 'part', 'parts')} here`,
  },
  work: {
    backToWorks: 'All works',
    previous: 'Previous work',
    next: 'Next work',
    otherWorks: 'Other works',
    statement: 'About the work',
    credits: 'With thanks to',
    warning: 'Please note',
    warnings: {
      flashing: 'flashing or flickering images',
      sound: 'sound',
      subject: 'a subject that may affect you',
    },
    start: 'Start the work',
    show: 'Show the work',
    listen: 'Go to the sound',
    watch: 'Go to the video',
    restart: 'Restart',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    close: 'Close',
    enlarge: 'View large',
    zoomIn: 'Closer',
    zoomOut: 'Further away',
    fit: 'Fit',
    pictureView: 'Picture on the full screen. Drag or use the arrow keys to move, plus and minus to zoom.',
    pictureOf: (index, total) => `Picture ${index} of ${total}`,
    previousPicture: 'Previous picture',
    nextPicture: 'Next picture',
    transcript: 'Transcript',
    readingText: 'Opening the text …',
    textFailed: 'The text cannot be opened now.',
    mediaFailed: 'This work cannot be played here now.',
    openFile: 'Open the file',
    fileHint: 'This work opens in a program of its own on your phone or computer.',
    complete: 'The work is here.',
    notYet: 'This work is still on its way',
    openNow: 'See it now, while it arrives',
  },
  provenance: {
    heading: 'Provenance',
    signed: 'Signed by its maker.',
    spread: (complete, nodes) => `Complete on ${complete} of ${many(nodes, 'node', 'nodes')}.`,
    admitted: (names) => `Admitted by ${names}.`,
    check: 'Check it yourself',
    more: 'Key and versions',
    fingerprint: 'Fingerprint of the key',
    fingerprintHint: 'If the label on the wall has the same fingerprint, this is the work of that maker.',
    intake: 'Brought in at',
    versions: 'Versions',
    version: (sequence) => `Version ${sequence}`,
    shown: 'the one you see',
    claimed: (day) => `dated ${day} by the maker`,
    root: 'Content',
    size: 'Size',
  },
  mesh: {
    title: 'The network',
    intro:
      'Every box in this network keeps the exhibition and passes it on to its neighbours. This is how it looks from the box you are connected to.',
    summary: (nodes, links) => `${many(nodes, 'node', 'nodes')}, ${many(links, 'link', 'links')}`,
    drawing: (nodes, links, here) =>
      `Drawing of the network: ${many(nodes, 'node', 'nodes')} and ${many(links, 'link', 'links')}. You are at ${here}.`,
    youAreHere: 'You are here',
    here: (name) => `You are at ${name}`,
    asList: 'The network as a list',
    connectedTo: (names) => `connected to ${names}`,
    alone: 'connected to nobody now',
    alonePage: 'This node hears no other now. That is fine: what it has, it shows.',
    nodes: 'Nodes',
    node: 'Node',
    state: 'State',
    complete: 'Works complete',
    ofTotal: (complete, total) => `${complete} of ${total}`,
    rtt: 'Round trip',
    rttValue: (ms) => `${Math.max(1, Math.round(ms))} ms`,
    notSaid: 'not said',
    states: {
      here: 'you are here',
      neighbour: 'neighbour',
      reachable: 'through a neighbour',
      late: 'slow to answer',
      lost: 'no longer heard',
    },
    silent: (seconds) =>
      seconds < 90 ? `silent for ${Math.round(seconds)} s` : `silent for ${Math.round(seconds / 60)} min`,
    matrix: 'Who holds what',
    matrixIntro: 'A full disc is a complete work, a part of it is on its way.',
    work: 'Work',
    share: (percent) => `${percent} percent`,
    all: 'complete',
    none: 'nothing yet',
    empty: 'There are no works to share yet.',
    incidents: 'At the door',
    incidentsIntro:
      'Whoever knocks without a grant, or tampers, does not get in. What is not right is never shown, and fetched again elsewhere.',
    noIncidents: 'Nobody was turned away.',
    unnamed: 'An unknown device',
    times: (count) => (count === 1 ? 'once' : `${count} times`),
    reasons: {
      'not-granted': 'wanted to join without a grant from the exhibition',
      'other-exhibition': 'belongs to another exhibition',
      'bad-message': 'sent a message that cannot be read',
      'bad-chunk': 'sent a piece of a work that was not right',
      'bad-record': 'sent a signature that was not right',
      flood: 'sent too much at once',
    },
  },
  about: {
    title: 'About this network',
    lead: 'An exhibition that is in no cloud. No account, no internet, no middleman: only boxes in a building, passing the art on to each other.',
    how: 'How it works',
    howText: [
      'Your phone talks to the box nearest to you: a small computer with a Wi-Fi network of its own. The boxes find each other and form a mesh.',
      'An artist brings a work to one box and signs it digitally. The work travels in pieces from box to box. Every piece is checked before it is kept, shown or passed on.',
      'If a box fails, the others go on showing the exhibition. When it comes back, it fetches what it missed.',
    ],
    sealHeading: 'The seal',
    sealText:
      'Every work has a seal of 36 shapes, derived from the work itself. While a work comes in, the missing parts are dots; when it is complete, so is the seal. Change one character of the work and it becomes another seal.',
    values: 'Public values',
    valuesIntro:
      'This network was made after the manifesto of PublicSpaces. What that means here, and what it does not:',
    value: {
      open: [
        'Open',
        'Open formats and open protocols, for any phone. The software is free, under the EUPL 1.2, and can be downloaded from this very box.',
      ],
      transparent: [
        'Transparent',
        'Whoever admits or removes a work signs that decision. Every visitor can read those decisions.',
      ],
      accountable: [
        'Accountable',
        'Every work says who signed it. What does not match that signature is not shown.',
      ],
      sovereign: [
        'Sovereign',
        'The maker holds the key. If a maker withdraws a work, it disappears from every node that hears of it, for good.',
      ],
      'user-centred': [
        'People first',
        'No cookies, no profiles, no request to anyone else. We keep no address of your phone.',
      ],
    },
    honest: 'What we cannot promise',
    honestText:
      'The connection to the box is not encrypted: without internet there is no certificate. Someone listening nearby can see which works you look at. And a work that somebody has already saved on a device of their own is beyond our reach.',
    source: 'Source code and licence',
    sourceText: 'The source code of the program you are using now, as it runs on this box:',
    sourceLink: 'Download the source code (tar.gz)',
    sourceLicence: 'Licence of the software: EUPL 1.2. Every work has its own licence, named on its label.',
    curators: 'Curators',
    curatorsRule: (quorum) =>
      quorum === 0
        ? 'Every signed work is shown.'
        : `A work is shown when ${many(quorum, 'curator admits it', 'curators admit it')}.`,
    identity: 'Key of the exhibition',
  },
  problem: {
    unknownTitle: 'This page does not exist',
    unknown: 'The address is wrong, or the page is no longer there.',
    workUnknownTitle: 'We do not know this work here',
    workUnknown:
      'The address is wrong, or the work has not reached this node yet. In that case it appears here by itself.',
    withdrawnTitle: 'Withdrawn by its maker',
    withdrawn:
      'The maker has withdrawn this work. We no longer show it, on any node that has heard of the withdrawal.',
    removedTitle: 'Taken out of the exhibition',
    removed:
      'The curators have taken this work out of the exhibition. Their decision is signed and can be read.',
    nodeTitle: 'The node does not answer',
    node: 'Perhaps you have walked too far, or the box is just starting again. We keep trying by ourselves.',
    serverTitle: 'Something went wrong on the node',
    server: 'We keep trying by ourselves. If it goes on, please ask someone of the exhibition.',
    noExhibitionTitle: 'This node has no exhibition yet',
    noExhibition:
      'The box has just started and is looking for its neighbours. The exhibition appears by itself.',
    tryNow: 'Try now',
    toWorks: 'To the works',
    toWelcome: 'To the beginning',
    offline: 'No connection to the node. Check that you are still on the Wi-Fi of the exhibition.',
    online: 'The connection is back.',
  },
  news: {
    arrived: (title) => `New work: ${title}`,
    complete: (title) => `All here now: ${title}`,
    several: (count) => `${count} new works`,
  },
}
