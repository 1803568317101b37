import type { PrivateKey } from '@libp2p/interface'
import type { Did } from '../../artworks/format/did-key.ts'
import type { RetentionPolicy } from '../../node/store/retention.ts'
import type { Random } from './random.ts'
import { SimDisk } from './sim-disk.ts'
import type { ConnectionEnd } from './sim-network.ts'
import { SimProcess } from './sim-process.ts'
import type { World } from './world.ts'

/**
 * `liar`: sends wrong bytes; `boaster`: says it holds what it does not; `silent`: never sends what it is asked for; `flooder`:
 * see attacks.ts; `mute`: takes calls and says nothing; `deaf`: a neighbour that hears and answers nothing; `stranger`: has no grant, and
 * shows one all the same.
 */
export const badBehaviours = ['liar', 'boaster', 'silent', 'flooder', 'mute', 'deaf', 'stranger'] as const
export type Behaviour = 'honest' | (typeof badBehaviours)[number]

export interface SimNodeInit {
  readonly world: World
  readonly index: number
  readonly key: PrivateKey
  readonly did: Did
  readonly behaviour: Behaviour
  readonly retention: RetentionPolicy
  readonly random: Random
  readonly disk: 'card' | 'memory'
  readonly others: readonly SimNode[]
}

/** A machine: its card, its key, and the program that runs on it now, if any. */
export class SimNode {
  readonly world: World
  readonly index: number
  readonly name: string
  readonly key: PrivateKey
  readonly did: Did
  readonly behaviour: Behaviour
  readonly retention: RetentionPolicy
  readonly random: Random
  readonly disk: SimDisk
  readonly others: readonly SimNode[]
  gossipLoss = 0
  /** Chunks that its card has damaged. */
  readonly rotted = new Set<string>()
  /** Chunks of uploads that came to nothing: no record leads to them, and `mesh-art gc` drops what a loss of power left of them. */
  readonly leftovers = new Set<string>()
  /** A grant that is not its own, shown in the hope that nobody looks. */
  shownGrant: Uint8Array | undefined
  /** What it was given when it joined; null before that. */
  firstRecords: readonly Uint8Array[] | null = null
  process: SimProcess | undefined
  #powered = false
  #boots = 0

  constructor(init: SimNodeInit) {
    this.world = init.world
    this.index = init.index
    this.name = `n${init.index}`
    this.key = init.key
    this.did = init.did
    this.behaviour = init.behaviour
    this.retention = init.retention
    this.random = init.random
    this.others = init.others
    this.disk = new SimDisk(init.disk, init.world.clock, init.random.fork())
  }

  get isUp(): boolean {
    return this.process?.isReady === true
  }

  get isPowered(): boolean {
    return this.#powered
  }

  get isHonest(): boolean {
    return this.behaviour === 'honest'
  }

  /** Joins with these records; from now on it can be switched on. */
  join(firstRecords: readonly Uint8Array[]): void {
    this.firstRecords = firstRecords
    this.powerOn()
  }

  powerOn(): void {
    if (this.#powered || this.firstRecords === null) return
    this.#powered = true
    this.#boots += 1
    const boot = this.#boots
    this.trace('powers on')
    const onMade = (process: SimProcess): void => {
      if (this.#boots === boot) this.process = process
      else process.die()
    }
    SimProcess.start(this, this.firstRecords, onMade).catch((err: unknown) => {
      if (this.#boots === boot) this.world.monitor.report(this.name, `does not start: ${String(err)}`)
    })
  }

  /** Everything in memory is gone, and what the card had not written. */
  powerLoss(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#boots += 1
    this.trace('loses power')
    this.process?.die()
    this.process = undefined
    this.disk.powerLoss()
    this.world.network.silence(this.index)
  }

  accepts(from: number): boolean {
    return this.process?.membership.isBanned(from) === false
  }

  onConnection(end: ConnectionEnd, outbound: boolean): void {
    // Nobody is there: what is said piles up, and nothing is answered.
    if (this.behaviour === 'mute') return
    if (this.process?.isReady === true) this.process.onConnection(end, outbound)
    else end.close()
  }

  trace(what: string): void {
    this.world.trace.add(this.world.clock.nowMs, this.name, what)
  }
}
