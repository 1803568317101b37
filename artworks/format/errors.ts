/** What a record or a work was refused for. `code` is stable; `message` says in one line what to do. */
export type FormatErrorCode =
  | 'bad-cid'
  | 'bad-did'
  | 'bad-envelope'
  | 'bad-path'
  | 'bad-record'
  | 'bad-signature'
  | 'not-canonical'
  | 'too-large'
  | 'wrong-exhibition'
  | 'wrong-signer'
  | 'no-intake'
  | 'block-mismatch'

export class FormatError extends Error {
  override readonly name = 'FormatError'
  readonly code: FormatErrorCode

  constructor(code: FormatErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
