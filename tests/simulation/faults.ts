import { scoreOf } from '../../node/replication/retention.ts'
import type { Random } from './random.ts'
import type { Dag } from './sealed-works.ts'
import type { SimNode } from './sim-node.ts'
import { goodLink } from './topology.ts'
import type { World } from './world.ts'

export const faultKinds = ['crash', 'partition', 'slow', 'rot', 'full', 'wipe', 'gossip-loss'] as const
export type FaultKind = (typeof faultKinds)[number]

export interface FaultsInit {
  readonly world: World
  readonly random: Random
  readonly nodes: readonly SimNode[]
  readonly kinds: readonly FaultKind[]
  readonly untilMs: number
}

/** Breaks things until the time is over, and then mends all of it. */
export class Faults {
  readonly #init: FaultsInit
  #over = false

  constructor(init: FaultsInit) {
    this.#init = init
  }

  start(): void {
    const { kinds, world, untilMs } = this.#init
    if (kinds.length > 0) this.#next()
    world.clock.after(untilMs, () => this.#heal())
  }

  #next(): void {
    const { world, random, kinds } = this.#init
    world.clock.after(random.between(1_000, 20_000), () => {
      if (this.#over) return
      this.#cause(random.pick(kinds))
      this.#next()
    })
  }

  #cause(kind: FaultKind): void {
    switch (kind) {
      case 'crash':
        return this.#crash()
      case 'partition':
        return this.#partition()
      case 'slow':
        return this.#slow()
      case 'rot':
        return this.#rot()
      case 'full':
        return this.#fill()
      case 'wipe':
        return this.#wipe()
      case 'gossip-loss': {
        const node = this.#someone()
        if (node !== undefined) node.gossipLoss = this.#init.random.pick([0, 0.2, 1])
      }
    }
  }

  #someone(): SimNode | undefined {
    const joined = this.#init.nodes.filter((node) => node.isPowered)
    return joined.length === 0 ? undefined : this.#init.random.pick(joined)
  }

  /** At once, or in the middle of the next thing the node does. */
  #crash(): void {
    const { random, world } = this.#init
    const node = this.#someone()
    if (node === undefined) return
    const fall = (): void => {
      if (this.#over || !node.isPowered) return
      node.powerLoss()
      world.clock.after(random.between(500, 60_000), () => node.powerOn())
    }
    const moment = random.pick(['now', 'chunk', 'record', 'catalogue', 'progress'] as const)
    if (moment === 'now' || node.process === undefined) fall()
    else
      node.process.events.once(moment, () => {
        world.clock.after(random.pick([0, 0, random.between(0, 1), random.between(0, 50)]), fall)
      })
  }

  #partition(): void {
    const { random, world, nodes } = this.#init
    const side = new Map(nodes.map(({ index }) => [index, random.chance(0.5)]))
    tell(world, 'cuts the mesh in two')
    world.network.setUp((a, b) => side.get(a) === side.get(b))
    world.clock.after(random.between(5_000, 90_000), () => world.network.setUp(() => true))
  }

  #slow(): void {
    const { random, world } = this.#init
    const links = [...world.network.links()]
    if (links.length === 0) return
    const link = random.pick(links)
    Object.assign(link, {
      latencyMs: random.between(50, 2000),
      bytesPerMs: random.between(0.2, 10),
      loss: random.between(0, 0.4),
    })
    world.clock.after(random.between(5_000, 60_000), () => {
      if (!this.#over) Object.assign(link, { ...goodLink(random), up: link.up })
    })
  }

  /** Whether others hold whole every work that this node holds it for: what is lost everywhere is lost. */
  #isElsewhere(cid: string, but: SimNode): boolean {
    const { nodes, world } = this.#init
    const others = nodes.filter((one) => one !== but && one.isHonest && one.isUp && one.disk.isDurable(cid))
    const isHeld = (root: string): boolean =>
      but.disk.isDurable(root) || but.rotted.has(root) || but.process?.holdings.progress(root) !== undefined
    const isWhole = (one: SimNode, { root, blocks }: Dag): boolean =>
      staysAt(one, but, root) &&
      one.process?.holdings.progress(root)?.complete === true &&
      [...blocks.keys()].every((key) => one.disk.isDurable(key))
    return [...world.dags.values()].every(
      (dag) => !dag.blocks.has(cid) || !isHeld(dag.root) || others.some((one) => isWhole(one, dag)),
    )
  }

  #rot(): void {
    const { random } = this.#init
    const target = this.#someone()
    if (target?.process === undefined) return
    for (const cid of random.shuffled([...target.process.chunks.list()]).slice(0, 3)) {
      if (!this.#isElsewhere(cid, target)) continue
      if (!target.disk.rot(cid, random.pick(['flip', 'unreadable', 'cut']))) continue
      target.rotted.add(cid)
      target.trace(`rots ${cid.slice(-8)}`)
    }
  }

  #fill(): void {
    const { random, world } = this.#init
    const target = this.#someone()
    if (target === undefined) return
    const { disk } = target
    disk.fill(random.below(500))
    disk.records.full = random.chance(0.3)
    target.trace('has a full disk')
    world.clock.after(random.between(5_000, 60_000), () => {
      disk.relieve()
    })
  }

  /** A card is replaced, if everything on it is elsewhere too. */
  #wipe(): void {
    const { random, nodes, world } = this.#init
    const target = this.#someone()
    if (target?.process === undefined || target.process.uploads.size > 0) return
    const others = nodes.filter((one) => one !== target && one.isHonest)
    const chunksElsewhere = [...target.process.chunks.list()].every((cid) => this.#isElsewhere(cid, target))
    const recordsElsewhere = [...target.disk.records.all()].every(({ record }) =>
      others.some((one) => one.disk.records.has(record.cid)),
    )
    if (!chunksElsewhere || !recordsElsewhere) return
    target.powerLoss()
    target.disk.wipe()
    target.trace('gets a new card')
    world.clock.after(random.between(1_000, 30_000), () => target.powerOn())
  }

  #heal(): void {
    const { world, nodes, random } = this.#init
    this.#over = true
    tell(world, 'faults are over')
    world.network.setUp(() => true)
    for (const link of world.network.links()) Object.assign(link, goodLink(random))
    for (const one of nodes) {
      one.disk.relieve()
      one.gossipLoss = 0
      one.powerOn()
    }
  }
}

/** Whether one node goes on holding a work though another is believed to: it keeps all, or ranks higher. */
function staysAt({ retention, did }: SimNode, other: SimNode, root: string): boolean {
  return retention.kind === 'full' || scoreOf(did, root) > scoreOf(other.did, root)
}

function tell(world: World, what: string): void {
  world.trace.add(world.clock.nowMs, 'world', what)
}
