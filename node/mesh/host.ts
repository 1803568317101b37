import { gossipsub } from '@chainsafe/libp2p-gossipsub'
import type { GossipSub, GossipSubComponents } from '@chainsafe/libp2p-gossipsub'
import { identify } from '@libp2p/identify'
import type { Libp2p, PeerId, PrivateKey } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import type { Ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import type { Did } from '../../artworks/format/did-key.ts'
import { mdnsServiceTag, topics } from '../wire/protocols.ts'
import { gossipOptions } from './gossip-options.ts'
import { meshLimits } from './limits.ts'
import { announced, isLocalMultiaddr, searched } from './local-addresses.ts'
import { machineAddresses } from './mesh-interfaces.ts'
import { meteredMuxer } from './metered-muxer.ts'
import type { QuietBudget } from './quiet-budget.ts'
import { QuietMdns } from './quiet-mdns.ts'
import type { QuietMdnsComponents } from './quiet-mdns.ts'

export type MeshHost = Libp2p<{ gossip: GossipSub; ping: Ping }>

export interface HostInit {
  readonly key: PrivateKey
  readonly exhibition: Did
  /** multiaddrs; on the mesh interface alone where there is one (design, decision 16). */
  readonly listen: readonly string[]
  /** The interface that the mesh is on, where one is named: of all that is listened at, others are told of this one alone. */
  readonly meshInterface?: string | undefined
  readonly mdns: boolean
  readonly budget: QuietBudget
  readonly version: string
  /** Wraps the registrar that gossip sees, so that it never meets a stranger (membership.ts). */
  guard(registrar: Registrar): Registrar
  isBanned(peer: PeerId): boolean
}

/** A libp2p host of TCP, noise and yamux, that listens, announces and dials in the local network only. Not yet started. */
export async function createHost(init: HostInit): Promise<MeshHost> {
  return createLibp2p({
    start: false,
    privateKey: init.key,
    nodeInfo: { name: 'mesh-art', version: init.version, userAgent: `mesh-art/${init.version}` },
    addresses: {
      listen: [...init.listen],
      announceFilter: (all) => announced(all, init, machineAddresses()),
    },
    transports: [
      tcp({
        maxConnections: meshLimits.maxConnections,
        inboundSocketInactivityTimeout: meshLimits.connectionIdleMs,
        outboundSocketInactivityTimeout: meshLimits.connectionIdleMs,
      }),
    ],
    connectionEncrypters: [noise()],
    streamMuxers: [
      meteredMuxer(
        yamux({
          maxInboundStreams: 64,
          // Whether a neighbour is still there is link-watch.ts's to find out.
          enableKeepAlive: false,
          streamOptions: {
            // A reader that is busy must be able to buffer a whole window (framed-stream.ts).
            maxStreamWindowSize: 2 * 1024 * 1024,
            maxReadBufferLength: 4 * 1024 * 1024,
            inactivityTimeout: meshLimits.connectionIdleMs,
          },
        }),
      ),
    ],
    connectionGater: {
      denyDialMultiaddr: (address) => !isLocalMultiaddr(address),
      denyInboundConnection: (connection) => !isLocalMultiaddr(connection.remoteAddr),
      denyInboundEncryptedConnection: (peer) => init.isBanned(peer),
      denyDialPeer: (peer) => init.isBanned(peer),
    },
    connectionManager: {
      maxConnections: meshLimits.maxConnections,
      inboundConnectionThreshold: meshLimits.inboundPerSecond,
      maxIncomingPendingConnections: meshLimits.inboundPerSecond,
      dialTimeout: meshLimits.dialTimeoutMs,
      // Who is dialled again, and when, is discovery.ts's alone.
      reconnectRetries: 0,
    },
    connectionMonitor: { enabled: false },
    peerDiscovery: init.mdns
      ? [
          (components: QuietMdnsComponents) =>
            new QuietMdns(components, {
              serviceTag: mdnsServiceTag(init.exhibition),
              interfaces: () => searched(init, machineAddresses()),
              budget: init.budget,
            }),
        ]
      : [],
    services: {
      identify: identify({ runOnConnectionOpen: true }),
      ping: ping(),
      gossip: (components: GossipSubComponents): GossipSub =>
        gossipsub(gossipOptions(Object.values(topics(init.exhibition)), init.budget))({
          // Named one by one: libp2p's components are a proxy that cannot be spread.
          privateKey: components.privateKey,
          peerId: components.peerId,
          peerStore: components.peerStore,
          registrar: init.guard(components.registrar),
          connectionManager: components.connectionManager,
          logger: components.logger,
        }),
    },
  })
}
