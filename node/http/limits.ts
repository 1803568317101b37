import { formatLimits } from '../../artworks/format/limits.ts'

/** Bounds on what a visitor can ask of a node; units are in the names. */
export const httpLimits = Object.freeze({
  /** A JSON body: the largest is the announcement of an upload. */
  jsonBodyBytes: 4 * 1024,
  recordBodyBytes: formatLimits.recordBytes,
  chunkBodyBytes: formatLimits.blockBytes,
  /** Request line and headers together. */
  headerBytes: 16 * 1024,
  /** A path inside a work has at most 1024 bytes, three characters each when it is percent-encoded. */
  urlLength: 4096,
  /** A CID has 59 characters, a did:key 56, a slug 64. */
  pathParameterLength: 100,

  /** A browser opens six, and one for events: two hundred visitors at once. */
  connections: 1_536,
  /** Requests being answered, event streams not counted. */
  requests: 256,
  /** A client that sends its headers, or its whole request, slower than this is cut. */
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  /** How often the two are looked after. */
  connectionsCheckMs: 2_000,
  keepAliveTimeoutMs: 10_000,
  /** A connection on which nothing moves, in either direction, for this long is cut. */
  stalledConnectionMs: 60_000,
  /** How long answers under way may go on once the server is asked to stop. */
  stopGraceMs: 300,

  /** Files and archives being sent at once; each holds at most two chunks in memory. */
  contentStreams: 48,
  /** Files up to this size are sent at once, in no turn. */
  wholeFileBytes: 64 * 1024,
  /** A request waits this long for its turn to send content. */
  contentTurnMs: 10_000,
  /** A request waits this long for a chunk that is still on its way. */
  chunkWaitMs: 8_000,
  /** Directories, inner nodes of files and small files kept in memory, verified once; and how large one of them may be. */
  keptBlocksBytes: 8 * 1024 * 1024,
  keptBlockBytes: 64 * 1024,
  /** Chunks of large files kept for all who read them now, and for how long. */
  keptLeavesBytes: 12 * 1024 * 1024,
  keptLeavesMs: 10_000,
  /** Files whose place in a DAG is remembered. */
  resolvedPaths: 2_048,
  /** Entries of one directory that are looked at, shards of a large directory included. */
  directoryEntries: 50_000,
  /** Files listed in the view of one artwork. */
  listedFiles: 500,

  eventStreams: 128,
  /** What a reader may leave unread before it is dropped. */
  eventBacklogBytes: 256 * 1024,
  /** Events kept for readers that come back. */
  eventsKept: 512,
  eventHeartbeatMs: 15_000,
  /** What a reader waits before it connects anew. */
  eventRetryMs: 2_000,
  progressIntervalMs: 250,
  meshIntervalMs: 1_000,

  /** Uploads that bring something now, and how long one may bring nothing before its place goes to another. */
  uploads: 8,
  uploadIdleMs: 2 * 60_000,
  /** Uploads without a manifest that are kept, at rest or not, and how long what they brought is kept. */
  unsignedUploads: 40,
  unsignedUploadMs: 60 * 60_000,
  /** What all of them together may bring. */
  unsignedUploadBytes: 16 * 1024 * 1024 * 1024,
  uploadTidyMs: 60_000,
  wantedListed: 256,

  /** Works on one page of what waits for curators. */
  submissionsListed: 50,
  /** The checks of public values run at most this often. */
  valuesIntervalMs: 30_000,
  /** Entries on one page of the log of decisions. */
  decisionsListed: 50,
  /** Of the texts of one work, in characters: what a search looks through, and what is kept ready for all works together. */
  searchedTextLength: 8_000,
  searchedTextKept: 16 * 1024 * 1024,

  recordsListed: 100,
  recordsListedBytes: 1024 * 1024,

  /** Answers that are given again as they are, and how large one of them may be. */
  readyAnswersBytes: 4 * 1024 * 1024,
  readyAnswerBytes: 64 * 1024,

  /** Compressed answers and pages kept in memory. */
  compressedBytesKept: 8 * 1024 * 1024,
  /** Shorter answers are sent as they are. */
  compressFromBytes: 1_400,
  /** A file of the user interface; a larger one is not served. */
  assetBytes: 4 * 1024 * 1024,
  sourceDownloads: 2,

  /** Phones whose choice to stay is remembered, and for how long after they were last heard. */
  portalVisitors: 1_024,
  portalVisitorMs: 15 * 60_000,

  /** A node not heard for this long is late, and later on lost. */
  lateAfterMs: 15_000,
  lostAfterMs: 45_000,
})

export type HttpLimits = { readonly [K in keyof typeof httpLimits]: number }
