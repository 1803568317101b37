/** What an idle node may say, as times between two sayings. Milliseconds. */
export interface QuietBudget {
  /** The first wait after an mDNS question; it doubles with each. */
  readonly mdnsFirstMs: number
  /** The longest wait while there is no neighbour. */
  readonly mdnsAloneMs: number
  /** The longest wait. A node that comes later makes itself heard by itself. */
  readonly mdnsLastMs: number
  /** Between two pings of a neighbour that is heard from. */
  readonly pingMs: number
  /** Between two pings of a neighbour that has fallen silent. */
  readonly pingSilentMs: number
  /** Between two syncs with some neighbour: doubles from the first to the last while nothing differs. */
  readonly syncFirstMs: number
  readonly syncLastMs: number
  /** Between two heartbeats of gossip, in each of which lost messages are offered again. */
  readonly gossipHeartbeatMs: number
}

/** Ten nodes on one switch that have everything say less than 6 KiB each in a minute, their health status not counted. */
export const defaultQuietBudget: QuietBudget = Object.freeze({
  mdnsFirstMs: 1_000,
  mdnsAloneMs: 10_000,
  mdnsLastMs: 600_000,
  pingMs: 600_000,
  pingSilentMs: 10_000,
  syncFirstMs: 120_000,
  syncLastMs: 960_000,
  gossipHeartbeatMs: 1_000,
})

/** The settings of `mesh.quiet` in node.yaml, in seconds. */
export interface QuietSettings {
  readonly mdnsSeconds?: number | undefined
  readonly pingSeconds?: number | undefined
  readonly syncSeconds?: number | undefined
  readonly heartbeatSeconds?: number | undefined
}

/** The default, with what is set; what grows up to a limit begins no later than there. */
export function quietBudget(settings: QuietSettings = {}): QuietBudget {
  const { mdnsFirstMs, mdnsAloneMs, pingSilentMs, syncFirstMs } = defaultQuietBudget
  const ms = (seconds: number | undefined, otherwise: number): number =>
    seconds === undefined ? otherwise : seconds * 1000
  const mdnsLastMs = ms(settings.mdnsSeconds, defaultQuietBudget.mdnsLastMs)
  const pingMs = ms(settings.pingSeconds, defaultQuietBudget.pingMs)
  const syncLastMs = ms(settings.syncSeconds, defaultQuietBudget.syncLastMs)
  return {
    mdnsFirstMs: Math.min(mdnsFirstMs, mdnsLastMs),
    mdnsAloneMs: Math.min(mdnsAloneMs, mdnsLastMs),
    mdnsLastMs,
    pingMs,
    pingSilentMs: Math.min(pingSilentMs, pingMs),
    syncFirstMs: Math.min(syncFirstMs, syncLastMs),
    syncLastMs,
    gossipHeartbeatMs: ms(settings.heartbeatSeconds, defaultQuietBudget.gossipHeartbeatMs),
  }
}
