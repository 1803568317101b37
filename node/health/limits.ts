/** Thresholds of health, by the steady clock of the node that looks. An alert's text names its own; a test compares them. */
export const healthLimits = Object.freeze({
  lateAfterMs: 15_000,
  lostAfterMs: 45_000,
  /** A node that was granted and never heard counts as lost this long after the start of the one that looks. */
  neverHeardAfterMs: 45_000,
  /** Something that is counted, such as a stranger, is shown for so long after it last happened. */
  recentMs: 60_000,
  clockOffSeconds: 30,
  hotCelsius: 80,
  cooledCelsius: 75,
  /** Hundredths of load a core. */
  loadHigh: 200,
  loadEased: 150,
  /** Share of memory available. */
  memoryLow: 0.08,
  memoryEased: 0.12,
  /** Free disk space, in times the reserve. */
  diskLow: 2,
  diskEased: 2.5,
  slowKiBps: 256,
  slowRttMs: 500,
  /** Ways down of one connection in an hour. */
  unsteadyLosses: 4,
  /** Between two signs of life of a node; between two tellings of those of others over a link. */
  signMs: 5_000,
  flushMs: 2_500,
  /** Over a link that passes no signs on, something is said all the same: one such link a second, each so often at most. */
  helloFirstMs: 5_000,
  helloLastMs: 120_000,
  /** A neighbour that said nothing for so long after it should have is asked whether it is there. */
  silenceSlackMs: 5_000,
  /** A node that was not heard for so long may be dead: nobody counts on it to pass signs on. */
  quietMs: 7_500,
  /** A status that is missing is asked of one neighbour so often at most. */
  askAgainMs: 5_000,
  /** What statuses may cost each node, and how many times a status crosses the link of a node on its way to all. */
  statusBytesPerSecond: 650,
  statusCopies: 2,
  statusFirstMs: 5_000,
  statusLastMs: 240_000,
  progressLastMs: 8_000,
  urgentMs: 1_000,
  timelineEvents: 250,
  alerts: 500,
})
