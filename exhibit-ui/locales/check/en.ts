import type { CheckMessages } from './nl.ts'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

export const en: CheckMessages = {
  running: 'Your browser is checking …',
  bytes: (done, total) => `${done} of ${total}`,
  cancel: 'Stop',
  again: 'Check it again',
  verdict: {
    good: 'It is right: this is what the maker signed.',
    bad: 'It is not right.',
    unknown: 'Not everything could be checked. That says nothing yet.',
  },
  step: {
    records: 'The signed records',
    maker: 'The maker’s key',
    page: 'What this page says',
    decision: 'The decision to show it',
    intake: 'The node where it was brought in',
    files: 'Every byte of the files',
  },
  state: { waiting: 'not checked yet', good: 'right', bad: 'not right', unknown: 'not checked' },
  did: {
    records: (count) => `${many(count, 'signature', 'signatures')} checked.`,
    maker: 'Signed with the key that is in the address of this page.',
    page: 'Title, text, maker and files are word for word what was signed.',
    everySigned: 'In this exhibition every signed work is shown.',
    admitted: (names) => `Admitted by ${names}, with their signatures.`,
    intake: 'Countersigned by a node of this exhibition.',
    files: (files, bytes) =>
      `${many(files, 'file', 'files')}, ${bytes}: every part has the fingerprint that was signed.`,
  },
  failure: {
    record: (what) => `A record is not what it must be, or its signature is false: ${what}.`,
    maker: (what) => `Signed with another key: ${what}.`,
    page: (what) => `This page shows something other than what was signed: ${what}.`,
    decision: (what) => `By the signed decisions this version is not admitted (${what}).`,
    intake: (what) => `The proof of where it was brought in is not right: ${what}.`,
    file: (what) => `This file was changed: ${what}.`,
    figures: (what) => `The files together are not what was signed: ${what}.`,
    'no-answer': (what) => `The node gave no answer to ${what}. Try again in a moment.`,
  },
  tell: 'Tell somebody of the exhibition, or open the work at another node.',
  not: 'What this does not prove',
  notProved: [
    'That the key belongs to the maker it names. Compare the fingerprint with the label on the wall.',
    'That the node keeps nothing back: a work, a newer version, a decision. What you are not given, your browser cannot check.',
    'That a picture on your screen was not made smaller: a node may do so. What was checked is the file itself.',
    'That this program is honest: it comes from the same box. Whoever wants to be sure checks with a copy of their own.',
  ],
  path: 'How it came here',
  cameFrom: (names) => `Parts came from ${names}.`,
  wasHere: 'Since this node started it had nothing to fetch.',
  exhibition: 'Fingerprint of the exhibition',
  credentials: 'Content Credentials (C2PA) are in:',
  credentialsMeans:
    'The maker supplied them so, and they are kept here byte for byte. This program does not check what they say: save the file, and open it with a reader that can.',
  failed: 'Your browser could not begin to check.',
}
