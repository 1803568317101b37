/** Times in milliseconds, by the steady clock. */
export const meshLimits = Object.freeze({
  dialTimeoutMs: 8_000,
  /** A stranger has this long to prove a grant or to ask for one. */
  membershipTimeoutMs: 10_000,
  joinTimeoutMs: 10_000,
  /** Between two tries to reach a peer that could not be reached: doubles from the first to the last. */
  redialFirstMs: 1_000,
  redialLastMs: 60_000,
  /** A peer that was refused or lied is not dialled for this long, and its connections are closed. */
  banMs: 120_000,
  /** Of two nodes that find each other at once, the one with the greater id waits this long for the other's call. */
  dialTieBreakMs: 1_500,
  /** Before an mDNS question is answered, about; whoever else asks meanwhile has the same answer. */
  mdnsAnswerMs: 100,
  mdnsTtlSeconds: 120,
  /** Names told in a question, so that they need not answer: as many as fit into one packet. */
  mdnsKnownNames: 16,
  /** Addresses of one node in an answer. */
  mdnsAddresses: 8,
  /** Buffers that were not used for so long are given back. */
  spareMemoryMs: 10_000,
  /** How often the machine is asked whether its addresses changed. */
  interfaceWatchMs: 5_000,
  linkWatchMs: 2_500,
  /** How often batman-adv is asked how well neighbours are reached. */
  linkQualityMs: 30_000,
  /** A neighbour that said how it is, and then nothing for so long, is pinged. */
  silenceMs: 20_000,
  /** One that owes chunks, and for so long sent none, is pinged. */
  owingMs: 4_000,
  pingTimeoutMs: 8_000,
  /** A connection on which nothing at all is said for so long is closed; above the longest wait between two pings. */
  connectionIdleMs: 3_700_000,
  /** A stream for signs of life that ended, or that a neighbour does not know, is tried anew. */
  lifeReopenMs: 5_000,
  recordSyncTimeoutMs: 60_000,
  /** At least this long between two syncs with one neighbour, unless it is newly connected. */
  recordSyncGapMs: 3_000,
  swarmTickMs: 1_000,
  /** To reach a neighbour's chunk socket, and for it to show its token. */
  chunkSocketTimeoutMs: 4_000,
  /** Connections to the chunk socket that have not shown a token yet; more are closed at once. */
  chunkSocketStrangers: 32,
  /** Chunks that are being stored at once, of all neighbours together; two of each at least. Each takes five calls of the system. */
  storesAtOnce: 16,
  /** What is heard is gathered this long before it is planned what to ask for. */
  planGatherMs: 5,
  /** At least so long between two plans: what a neighbour is asked for ahead takes ten times as long to come. */
  planGapMs: 25,
  /** Streams that the other side of a connection may open at once, and in a second in the long run. */
  streamBurst: 100,
  streamsPerSecond: 5,
  /** Gossiped messages that a neighbour may bring at once, and in a second in the long run; beyond, it floods. */
  gossipBurst: 2_000,
  gossipPerSecond: 50,
  maxConnections: 128,
  /** Streams of one protocol that a peer may have open at once. */
  streamsPerProtocol: 4,
  /** New inbound connections from one address in a second. */
  inboundPerSecond: 20,
})
