import type { Connection, PeerId, Topology } from '@libp2p/interface'
import type { Logger } from 'pino'

/** A topology that hears of members alone, as if a peer connected at the moment it became one. */
export interface GuardedTopology {
  readonly topology: Topology
  joined(peer: PeerId): void
  left(peer: PeerId): void
}

export function guardTopology(
  topology: Topology,
  isMember: (peer: PeerId) => boolean,
  logger: Logger,
): GuardedTopology {
  /** Connected, and not (yet) a member. */
  const held = new Map<string, Connection>()
  const told = new Set<string>()
  const tell = (peer: PeerId, connection: Connection): void => {
    told.add(peer.toString())
    Promise.resolve(topology.onConnect?.(peer, connection)).catch((err: unknown) =>
      logger.debug({ err }, 'topology refused a member'),
    )
  }
  const left = (peer: PeerId): void => {
    held.delete(peer.toString())
    if (!told.delete(peer.toString())) return
    Promise.resolve(topology.onDisconnect?.(peer)).catch((err: unknown) =>
      logger.debug({ err }, 'topology did not let go of a member'),
    )
  }
  return {
    topology: {
      ...(topology.notifyOnLimitedConnection === undefined
        ? {}
        : { notifyOnLimitedConnection: topology.notifyOnLimitedConnection }),
      onConnect: (peer, connection) => {
        if (isMember(peer)) tell(peer, connection)
        else held.set(peer.toString(), connection)
      },
      onDisconnect: left,
    },
    joined: (peer) => {
      const connection = held.get(peer.toString())
      held.delete(peer.toString())
      if (connection !== undefined) tell(peer, connection)
    },
    left,
  }
}
