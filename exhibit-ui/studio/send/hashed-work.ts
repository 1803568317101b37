/** A file of a work as the browser has it. */
export interface LocalFile {
  /** Inside the work. */
  readonly path: string
  readonly blob: Blob
}

export interface Leaf {
  readonly path: string
  readonly offset: number
  readonly bytes: number
}

/** What has to be known of a work to send any block of it, beside its files. Can be kept in IndexedDB and cross to a worker. */
export interface HashedWork {
  /** Root CID, base32: what the artist signs. */
  readonly root: string
  /** Bytes of all different blocks. */
  readonly size: number
  readonly chunks: number
  readonly inner: ReadonlyMap<string, Uint8Array>
  readonly leaves: ReadonlyMap<string, Leaf>
}
