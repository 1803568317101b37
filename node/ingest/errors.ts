export type IngestErrorCode =
  /** A file or directory that a work may not have: a link, a device, a name that does not travel. */
  | 'bad-file'
  /** A file was written to while it was being read. */
  | 'changed'
  | 'empty'
  | 'not-found'
  | 'too-large'
  | 'bad-artwork'

export interface IngestIssue {
  /** Where: a dotted path in artwork.yaml, or a path in the folder. */
  readonly path: string
  readonly message: string
}

/** Why a folder cannot become an artwork. Nothing was published; blocks that were stored already are dropped by `gc`. */
export class IngestError extends Error {
  override readonly name = 'IngestError'
  readonly code: IngestErrorCode
  /** Every mistake found, at least one. */
  readonly issues: readonly IngestIssue[]

  constructor(code: IngestErrorCode, issues: readonly IngestIssue[], options?: ErrorOptions) {
    super(issues.map(({ path, message }) => `${path}: ${message}`).join('; '), options)
    this.code = code
    this.issues = issues
  }
}
