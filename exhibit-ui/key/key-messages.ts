import type { UnlinkedRecord } from './record-of-message.ts'

/** What a page and the key's worker say to each other. The key itself is in no message: it is made, and stays, in the worker. */
export type KeyRequest =
  | { kind: 'create'; passphrase: string; name: string }
  | { kind: 'open'; file: string; passphrase: string }
  | { kind: 'recover'; code: string; passphrase: string; name: string }
  | { kind: 'sign'; record: UnlinkedRecord }
  /** A word of the node's own, signed: a curator asks to see what visitors may not see yet. */
  | { kind: 'look'; exhibition: string; node: string; word: string; manifest: string }
  /** Needs no key. */
  | { kind: 'manifest'; cid: string; envelope: string }

/** A manifest as its artist signed it, the seal checked in the browser. */
export interface CheckedManifest {
  signer: string
  slug: string
  sequence: number
  root: string
}

export interface KeyOwner {
  readonly did: string
  readonly name: string
}

export interface KeyAnswers {
  create: KeyOwner & { file: string; code: string[] }
  open: KeyOwner
  recover: KeyOwner & { file: string }
  sign: { cid: string; bytes: Uint8Array }
  look: { bytes: Uint8Array }
  manifest: CheckedManifest
}

export type KeyReply =
  | { id: number; progress: number }
  | { id: number; done: KeyAnswers[keyof KeyAnswers] }
  | { id: number; failed: { code: string; message: string } }
