/** Bounds on everything a record or a DAG may hold. A value beyond a bound is refused, never cut. */
export const formatLimits = Object.freeze({
  /** A sealed record, envelope included. */
  recordBytes: 64 * 1024,
  /** A leaf of a UnixFS file in the profile `unixfs-v1-2025`. */
  chunkBytes: 1024 * 1024,
  /** Any block of a DAG: a leaf, or a dag-pb node with up to 1024 links and their names. */
  blockBytes: 1024 * 1024 + 256 * 1024,
  /** Links of one dag-pb node. */
  blockLinks: 8192,
  /** Blocks of one version of an artwork. */
  artworkChunks: 262_144,
  /** Bytes of one version of an artwork, dag-pb nodes included. */
  artworkBytes: 64 * 1024 * 1024 * 1024,
  /** Depth of a DAG from its root: directories and file nodes together. */
  dagDepth: 16,
  /** UTF-8 bytes of one file name in a work; the bound of ext4. */
  fileNameBytes: 255,
  /** UTF-8 bytes of a path inside a work. */
  pathBytes: 1024,
  slugLength: 64,
  nameLength: 120,
  titleLength: 120,
  statementLength: 4000,
  altLength: 1000,
  transcriptLength: 16_000,
  reasonLength: 1000,
  languages: 16,
  captions: 16,
  /** Pictures of a series that are described one by one. */
  pictures: 200,
  credits: 64,
  warnings: 8,
  curators: 64,
  revokedNodes: 1024,
  /** Decisions of former curators that stand: at 41 bytes each, most of a record. */
  upheldDecisions: 1024,
})
