export interface VenueIssue {
  /** Dotted path of the value. */
  readonly path: string
  /** What is wrong with it, and what to do. */
  readonly message: string
}
