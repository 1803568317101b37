import type { PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import type { Did } from '../../artworks/format/did-key.ts'
import type { Monitor } from './monitor.ts'
import type { Random } from './random.ts'
import type { SealCache } from './seal-cache.ts'
import type { Dag } from './sealed-works.ts'
import type { SimNetwork } from './sim-network.ts'
import type { Trace } from './trace.ts'
import type { Traffic } from './traffic.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** Planted bugs: each must be caught (mutations.test.ts). */
export interface Mutations {
  /** A chunk is offered to neighbours before it is on the card. */
  readonly offersBeforeSync?: boolean
  /** A withdrawal that comes over the mesh is taken for known. */
  readonly ignoresWithdrawals?: boolean
  /** Some of what is newly held is not told. */
  readonly missesHaves?: boolean
  /** Chunks are stored as they come. */
  readonly storesUnverified?: boolean
  /** A chunk is asked of a second neighbour at once. */
  readonly asksTwice?: boolean
  /** What makes room goes, whoever else has it. */
  readonly evictsBlindly?: boolean
  /** Sync passes over records of this kind. */
  readonly syncSkips?: string
}

export interface Person {
  readonly key: PrivateKey
  readonly did: Did
}

/** Everything of one simulation that its parts share. */
export interface World {
  readonly clock: VirtualClock
  readonly random: Random
  readonly trace: Trace
  readonly network: SimNetwork
  readonly seals: SealCache
  readonly monitor: Monitor
  readonly traffic: Traffic
  readonly exhibition: Did
  readonly mutations: Mutations
  /** Every DAG any work has, by its root. */
  readonly dags: Map<string, Dag>
  readonly logger: Logger
  /** Nothing goes wrong, and nobody means harm. */
  readonly isCalm: boolean
  /** Neighbours that pass a status on: none (direct neighbours hear it) or all, as gossip does. */
  readonly floodStatuses: boolean
}
