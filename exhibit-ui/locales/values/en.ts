import type { ValuesMessages } from './nl.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

export const en: ValuesMessages = {
  title: 'Public values',
  intro:
    'This network was made after the manifesto of PublicSpaces. Here are its values one by one, in the manner of their Digital Powerwash: yes, no, or in another way and then explained. What can be checked, this node checks now.',
  source: 'After: PublicSpaces, Manifesto (publicspaces.net). In our own words.',
  summary: (good, bad, unknown) =>
    [
      bad === 0 ? 'No check fails.' : `${many(bad, 'check fails', 'checks fail')}.`,
      `${many(good, 'check is right', 'checks are right')}.`,
      unknown === 0 ? '' : `${many(unknown, 'check', 'checks')} could not be done.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  age: (seconds) => (seconds < 2 ? 'Checked just now.' : `Checked ${seconds} seconds ago.`),
  answer: { yes: 'Yes', no: 'No', explain: 'In another way' },
  value: {
    open: 'Open',
    transparent: 'Transparent',
    accountable: 'Accountable',
    sovereign: 'Sovereign',
    'user-centred': 'User-centred',
  },
  statement: {
    'free-software': [
      'The software is free, and everybody’s.',
      'Its licence is the EUPL 1.2. You fetch the source from this very box: exactly what it runs now.',
    ],
    'open-formats': [
      'Works and decisions are in open formats.',
      'Files are IPFS content, keys are did:key, records are signed envelopes. Other tools can read them without us.',
    ],
    anyone: [
      'Anybody can take part.',
      'Any phone can look, without an account, and without JavaScript too. Anybody with a key can bring a work. A node can be added only by whoever leads the exhibition: this is a network in a building.',
    ],
    'public-decisions': [
      'Whoever chooses what hangs here does so in the open.',
      'Every admission, decline, removal and change of curators is a signed record that you can read, with its reason.',
    ],
    'no-hidden-choice': [
      'There is no hidden selection.',
      'Works are in order of track and title. Nobody gets another order, and nothing remembers what you looked at.',
    ],
    'no-business-model': [
      'Nobody makes money from you.',
      'No advertising, no selling, no data for others to buy. The exhibition belongs to the institutions that make it.',
    ],
    traceable: [
      'What you see can be traced to whoever made it.',
      'Every byte belongs to its maker’s signature. Check it in your own browser: the button is beside every work.',
    ],
    'verified-without-data': [
      'Users are verified.',
      'The manifesto asks for verified users, and for as little personal data as can be. We hold both by verifying keys instead of people: whoever brings or decides something signs with a key that nobody else has, and curators who know each other vouch for it by name. Whoever only looks is nobody: we know nothing of visitors, so there is nothing to verify and nothing to leak.',
    ],
    answerable: [
      'Whoever decides can be held to it.',
      'Each decision has the name of the curator, whom the exhibition named in the open. A curator who leaves keeps no power: the exhibition names which decisions stand.',
    ],
    'own-keys': [
      'Makers keep hold of their work.',
      'The key lies with the maker and nowhere else. When a maker withdraws a work, it goes from everywhere that hears of it, for good.',
    ],
    'no-visitor-data': [
      'Nothing about visitors is kept.',
      'No account, no profile, no log of addresses. To check this the node looks for the address of whoever asks in all that it writes, and forgets it again.',
    ],
    'own-network': [
      'The network depends on no other company.',
      'No cloud, no internet, not even a font from elsewhere. When one box fails the others go on.',
    ],
    'no-tracking': [
      'You are neither followed nor lured.',
      'No cookies, no messages to bring you back, nothing that plays on to make you stay. A work begins when you want it to.',
    ],
    accessible: [
      'The exhibition is for everybody, with any ability.',
      'With every change the pages are checked with axe, by keyboard, in dark and light, at 320 pixels wide. Every picture has words, every sound is to have a transcript. What has not been done: a trial by people who depend on it. And what a maker makes may be closed to you.',
    ],
    'private-line': [
      'Nobody can watch while you look.',
      'This we cannot promise. Without internet there is no certificate, so the connection to the box is not encrypted. Somebody listening nearby can see which works you open.',
    ],
  },
  state: {
    good: 'Checked: right',
    bad: 'Checked: not right',
    unknown: 'Could not be checked',
    unchecked: 'Explained; no machine can check it',
  },
  check: {
    cookies: (looked) => `None of the ${many(looked, 'answer', 'answers')} since the start set a cookie.`,
    origins: (looked) =>
      `In ${many(looked, 'page or style sheet', 'pages and style sheets')} nothing is of another address.`,
    addresses: (looked) =>
      `The address of whoever had this checked is not in the log, nor in ${many(looked, 'file', 'files')} on the disk.`,
    source: (looked) => `${many(looked, 'file', 'files')} of source: the same as this node started with.`,
    licence: () => 'The licence is with the source.',
    signatures: (looked, of) =>
      `Signatures of ${looked} of ${many(of, 'work shown', 'works shown')} worked out anew.`,
    decisions: (looked) =>
      `${many(looked, 'decision', 'decisions')} under what hangs and what is gone: all can be read.`,
    withdrawn: (looked) => `${many(looked, 'withdrawn work', 'withdrawn works')}: nothing left on this disk.`,
    'same-for-all': (looked) =>
      `${many(looked, 'question', 'questions')}, asked by different visitors: the same answer.`,
  },
  bad: {
    cookies: 'An answer to visitors set a cookie.',
    origins: 'A page fetches something from another address, or might.',
    addresses: 'The address of whoever had this checked is in the log or on the disk.',
    source: 'The source is no longer the one this node started with. After a restart it is right again.',
    licence: 'The licence is not with the source.',
    signatures: 'Of a work that is shown, the signature or the content is not right.',
    decisions: 'A work that hangs or is gone lacks the decisions that say so.',
    withdrawn: 'Something of a withdrawn work is still on the disk here.',
    'same-for-all': 'The same question did not get the same answer for everybody.',
  },
  couldNot: {
    cookies: 'Whether answers set a cookie could not be checked.',
    origins: 'The pages could not be checked.',
    addresses: 'Where this node writes could not be checked.',
    source: 'The source could not be read.',
    licence: 'The licence could not be read.',
    signatures: 'The signatures could not be worked out.',
    decisions: 'The decisions could not be checked.',
    withdrawn: 'The disk could not be checked.',
    'same-for-all': 'The questions could not be asked.',
  },
  forTechnicians: 'For the technician',
  noAnswer: 'The node gives no answer now.',
  again: 'Check again',
  decisions: 'Read the decisions',
}
