/** What the page and the key's worker say to each other. The key itself is in no message: it is made, and stays, in the worker. */
export type KeyRequest =
  | { kind: 'create'; passphrase: string; name: string }
  | { kind: 'open'; file: string; passphrase: string }
  | { kind: 'recover'; code: string; passphrase: string; name: string }
  /** A record without its root's class, which no message carries: `root` is text. */
  | { kind: 'sign'; body: Record<string, unknown> }

export interface KeyAnswers {
  create: { did: string; name: string; file: string; code: string[] }
  open: { did: string; name: string }
  recover: { did: string; name: string; file: string }
  sign: { cid: string; bytes: Uint8Array }
}

export type KeyReply =
  | { id: number; progress: number }
  | { id: number; done: KeyAnswers[keyof KeyAnswers] }
  | { id: number; failed: { code: string; message: string } }
