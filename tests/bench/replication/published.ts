/** What other systems took for the same job, from the notes of the project: medians on a machine of two cores. */
export interface Published {
  readonly seconds: number
  readonly timesLimit: number
  readonly redundancy: number
  readonly cpuSeconds: number
  readonly peakRssMiB: number
}

const figures = (
  seconds: number,
  timesLimit: number,
  redundancy: number,
  cpuSeconds: number,
  peakRssMiB: number,
): Published => ({ seconds, timesLimit, redundancy, cpuSeconds, peakRssMiB })

export const published: Readonly<Record<string, Readonly<Record<string, Published>>>> = {
  'line-4': {
    libtorrent: figures(16.4, 1.09, 1.089, 6.4, 93),
    Hyperdrive: figures(19.9, 1.32, 1.065, 16.9, 258),
    Helia: figures(36, 2.39, 1.77, 36.4, 354),
    Syncthing: figures(39.7, 2.63, 1.067, 6.9, 98),
    rsync: figures(46.4, 3.08, 1.065, 3.4, 17),
  },
  'star-5': {
    libtorrent: figures(24.5, 1.63, 1.116, 10, 96),
    Hyperdrive: figures(48.4, 3.21, 2.02, 33.4, 338),
    Helia: figures(91.9, 6.09, 3.95, 100.9, 607),
    Syncthing: figures(49.1, 3.25, 1.069, 11, 234),
    rsync: figures(60.4, 4.01, 1.059, 2.8, 38),
  },
}

/** CPU seconds of the chain of plain TCP on the machine of those notes: another machine's seconds are others, so ratios to it compare. */
export const publishedSocatCpuSeconds: Readonly<Record<string, number>> = { 'line-4': 4.4, 'star-5': 6.2 }

/** On star-5: bytes a node and minute, and resident memory, when all is replicated. */
export const publishedIdle: Readonly<Record<string, { bytesPerMinute: number; rssMiB: number }>> = {
  libtorrent: { bytesPerMinute: 1_366, rssMiB: 34 },
  Hyperdrive: { bytesPerMinute: 6_550, rssMiB: 232 },
  Helia: { bytesPerMinute: 89_800, rssMiB: 330 },
  Syncthing: { bytesPerMinute: 1_382, rssMiB: 63 },
}
