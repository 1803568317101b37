export type KeyFileErrorCode = 'bad-key-file' | 'wrong-passphrase' | 'weak-passphrase'

/** Why a key file cannot be made or opened. Its own class: keys never travel, so no wire or HTTP status belongs to it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
  readonly code: KeyFileErrorCode

  constructor(code: KeyFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
