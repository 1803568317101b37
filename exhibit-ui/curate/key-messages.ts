/** What the page and the key's worker say to each other. The key and what it was sealed with are in no message to the page. */
export type KeyRequest =
  | { kind: 'open'; file: string; passphrase: string }
  | { kind: 'sign'; decision: Decision; exhibition: string; claimed: string }
  | { kind: 'look'; exhibition: string; node: string; word: string; manifest: string }
  | { kind: 'manifest'; cid: string; envelope: string }

/** CIDs as text: a message carries no classes. */
export type Decision =
  | { kind: 'admission'; manifest: string }
  | { kind: 'admission'; artist: string }
  | { kind: 'decline'; manifest: string; reason: { nl: string; en: string } }
  | { kind: 'removal'; artist: string; slug: string; reason: { nl: string; en: string } }

/** A manifest as its artist signed it, the seal checked in the browser. */
export interface CheckedManifest {
  signer: string
  slug: string
  sequence: number
  root: string
}

export interface KeyAnswers {
  open: { did: string; name: string }
  sign: { cid: string; bytes: Uint8Array }
  look: { bytes: Uint8Array }
  manifest: CheckedManifest
}

export type KeyReply =
  | { id: number; progress: number }
  | { id: number; done: KeyAnswers[keyof KeyAnswers] }
  | { id: number; failed: { code: string; message: string } }
