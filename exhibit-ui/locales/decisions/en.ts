import type { DecisionsMessages } from './nl.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

export const en: DecisionsMessages = {
  title: 'Decisions',
  intro:
    'What hangs here, and what no longer does, was decided by people. Every decision is signed, and anybody can read it.',
  order:
    'At the top is what this node heard last. No clock sets the order: a node has none that can be trusted, and another node may have heard it the other way round. For what is shown that makes no difference. Dates are what the signer said.',
  filter: 'Show',
  all: 'Everything',
  kinds: {
    admission: 'Admissions',
    decline: 'Declines',
    removal: 'Removals',
    withdrawal: 'Withdrawals',
    exhibition: 'Rules and curators',
    'node-grant': 'Nodes',
  },
  kind: {
    admission: 'Admitted',
    decline: 'Declined',
    removal: 'Removed',
    withdrawal: 'Withdrawn',
    exhibition: 'Rules',
    'node-grant': 'Node',
  },
  unnamed: 'Unknown key',
  unknownWork: 'a work that this node does not know',
  admits: (who) => `${who} admits:`,
  admitsArtist: (who) => `${who} admits everything by`,
  declines: (who) => `${who} declines:`,
  removes: (who) => `${who} wants removed:`,
  withdraws: (who) => `${who} withdraws:`,
  version: (sequence) => `version ${sequence}`,
  void: 'Does not count: whoever signed this is no curator, and the exhibition does not name this decision.',
  removalHint: 'A work goes only when enough curators say so.',
  stillShown: 'The work is shown.',
  isGone: 'The work is gone.',
  rules: (sequence) => `The exhibition sets down its rules, number ${sequence}.`,
  inForce: 'These rules are in force.',
  quorum: (quorum, curators) =>
    quorum === 0
      ? 'Every signed work is shown.'
      : `${quorum} of ${many(curators, 'curator', 'curators')} must admit a work.`,
  added: (names) => `New as curator: ${names}.`,
  removed: (names) => `No longer curator: ${names}.`,
  upheld: (count) =>
    `${many(count, 'decision', 'decisions')} of former curators ${count === 1 ? 'stands' : 'stand'}; the rest do not.`,
  revoked: (count) => `${many(count, 'node is', 'nodes are')} shut out.`,
  granted: (name) => `${name} may take part in the network.`,
  claimed: (day) => `dated ${day}`,
  at: (node) => `came in at ${node}`,
  record: 'The signed record',
  more: 'Earlier decisions',
  empty: 'Nothing has been decided here yet.',
  failed: 'The decisions cannot be fetched now.',
  again: 'Try again',
}
