export interface Sample {
  readonly atMs: number
  readonly bytes: number
}

/** How much of the past says how fast it goes now. */
const windowMs = 15_000

/** Adds where it is now, and drops what is too long ago to matter. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const recent = samples.filter(({ atMs }) => sample.atMs - atMs <= windowMs)
  return [...recent, sample]
}

/** Bytes a second over the last seconds, and how long the rest takes at that; undefined while nobody can know. */
export function rateOf(
  samples: readonly Sample[],
  total: number,
): { bytesPerSecond: number; secondsLeft: number } | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.atMs - first.atMs < 1000) return undefined
  const bytesPerSecond = ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs)
  if (bytesPerSecond <= 0) return undefined
  return { bytesPerSecond, secondsLeft: Math.max(0, total - last.bytes) / bytesPerSecond }
}
