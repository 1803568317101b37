export type StoreErrorCode =
  | 'block-mismatch'
  | 'disk-full'
  | 'disk-unwritable'
  | 'database-damaged'
  | 'database-newer'
  | 'in-use'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
