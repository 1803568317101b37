import type { Logger } from 'pino'
import { startAttacks } from './attacks.ts'
import { StoreError } from '../../node/store/errors.ts'
import { exhibitionBody, grantBody } from './bodies.ts'
import { whatIsMissing } from './convergence.ts'
import { Faults } from './faults.ts'
import { Monitor } from './monitor.ts'
import { person } from './people.ts'
import { Random } from './random.ts'
import { Readers } from './readers.ts'
import { scenarioOf } from './scenario.ts'
import type { ScenarioOptions } from './scenario.ts'
import { SealCache } from './seal-cache.ts'
import { SimNetwork } from './sim-network.ts'
import { SimNode } from './sim-node.ts'
import { lay } from './topology.ts'
import { Trace } from './trace.ts'
import { Traffic } from './traffic.ts'
import { VirtualClock } from './virtual-clock.ts'
import { Workload } from './workload.ts'
import type { Mutations, Person, World } from './world.ts'

export interface SimulationOptions extends ScenarioOptions {
  readonly seed: number
  readonly mutations?: Mutations
  readonly disk?: 'card' | 'memory'
  /** Of a mesh: about how many neighbours each has. */
  readonly degree?: number
  readonly quorum?: number
  /** At most so many leaves a work. */
  readonly leaves?: number
  readonly floodStatuses?: boolean
  readonly print?: (line: string) => void
}

export interface SimulationResult {
  readonly seed: number
  /** Null when every invariant held and all became equal. */
  readonly failure: string | null
  readonly traceHash: string
  readonly lastLines: readonly string[]
  readonly events: number
  readonly checks: number
  readonly virtualMs: number
  /** From the end of the faults until all were equal. */
  readonly healedMs: number
  readonly records: number
  readonly chunks: number
  readonly traffic: Traffic
  readonly nodes: number
}

export const simulationLimits = Object.freeze({
  /** All must be equal this long after the faults are over. */
  healMs: 15 * 60_000,
  /** And stay so for this long. */
  calmMs: 20_000,
  lookEveryMs: 1_000,
  /** A catalogue is folded anew after this many events, at a node at random. */
  foldEvery: 200,
})

/** One simulated exhibition, from its seed alone. */
export class Simulation {
  readonly world: World
  readonly nodes: SimNode[] = []
  readonly #options: SimulationOptions
  readonly #random: Random
  #events = 0
  #workload: Workload | undefined

  private constructor(options: SimulationOptions, steward: Person) {
    this.#options = options
    const clock = new VirtualClock()
    this.#random = new Random(options.seed)
    this.world = {
      clock,
      random: this.#random.fork(),
      trace: new Trace(options.print),
      network: new SimNetwork(clock, this.#random.fork()),
      seals: new SealCache(),
      monitor: new Monitor(() => clock.nowMs),
      traffic: new Traffic(),
      exhibition: steward.did,
      mutations: options.mutations ?? {},
      dags: new Map(),
      logger: watchingLogger((err) => this.#onError(err)),
      isCalm: options.faults?.length === 0 && options.badNodes === false,
      floodStatuses: options.floodStatuses ?? true,
    }
  }

  static async run(options: SimulationOptions): Promise<SimulationResult> {
    const steward = await person('steward')
    const simulation = new Simulation(options, steward)
    const durationMs = await simulation.#prepare(steward)
    return simulation.#play(durationMs)
  }

  async #prepare(steward: Person): Promise<number> {
    const { world } = this
    const random = this.#random
    const { seed: _seed, ...options } = this.#options
    const scenario = scenarioOf(options, random)
    const { durationMs, faults, topology } = scenario
    for (const [index, { behaviour, retention }] of scenario.nodes.entries()) {
      const { key, did } = await person('node', index)
      const node = new SimNode({
        world,
        index,
        key,
        did,
        behaviour,
        retention,
        random: random.fork(),
        disk: options.disk ?? 'card',
        others: this.nodes,
      })
      this.nodes.push(node)
    }
    lay(world.network, this.nodes, { topology, degree: options.degree ?? 4, random })
    const curators = await Promise.all(
      Array.from({ length: random.below(4) }, (_, i) => person('curator', i)),
    )
    const plan = {
      sequence: 1,
      curators,
      quorum:
        options.quorum ?? random.pick([0, 0, Math.min(1, curators.length), Math.min(2, curators.length)]),
      revoked: [],
    }
    await this.#join(steward, exhibitionBody(steward.did, plan), durationMs)
    this.#workload = new Workload({
      world,
      random: random.fork(),
      nodes: this.nodes,
      steward,
      curators,
      artists: await Promise.all([0, 1, 2, 3].map((i) => person('artist', i))),
      plan,
      works: scenario.works,
      durationMs,
      ...(options.leaves === undefined ? {} : { leaves: options.leaves }),
      restless: faults.length > 0 || options.faults === undefined,
    })
    this.#workload.start()
    new Faults({
      world,
      random: random.fork(),
      nodes: this.nodes,
      kinds: faults,
      untilMs: durationMs,
    }).start()
    if (options.readers !== false)
      new Readers({ world, random: random.fork(), nodes: this.nodes, untilMs: durationMs }).start()
    for (const node of this.nodes) if (node.behaviour === 'flooder') startAttacks(node, random.fork())
    world.trace.add(
      0,
      'world',
      `${this.nodes.length} nodes, ${topology}, faults: ${faults.join(' ')}, quorum ${plan.quorum}, copies: ${scenario.copies ?? 'all'}`,
    )
    for (const { name, behaviour, retention } of this.nodes)
      world.trace.add(
        0,
        name,
        `${behaviour}, keeps ${retention.kind === 'full' ? 'all' : retention.quotaBytes}`,
      )
    return durationMs
  }

  /** Everybody gets a grant; most are there from the beginning, some come later. */
  async #join(
    steward: Person,
    exhibition: ReturnType<typeof exhibitionBody>,
    durationMs: number,
  ): Promise<void> {
    const random = this.#random
    const { seals, clock } = this.world
    const first = (await seals.seal(exhibition, steward.key)).bytes
    const grants: Uint8Array[] = []
    for (const node of this.nodes) {
      const grant = await seals.seal(grantBody(steward.did, node.did, node.name), steward.key)
      grants.push(grant.bytes)
    }
    this.nodes.forEach((node, i) => {
      const own = grants[i]
      const isStranger = node.behaviour === 'stranger'
      if (isStranger) node.shownGrant = grants[(i + 1) % grants.length]
      const records = isStranger || own === undefined ? [first] : [first, own]
      const late = this.#options.faults?.length !== 0 && random.chance(0.2)
      clock.after(late ? random.next() * durationMs : random.next() * 3000, () => node.join(records))
    })
  }

  async #play(durationMs: number): Promise<SimulationResult> {
    const { clock, monitor } = this.world
    let missing: string | null = null
    await this.#runUntil(durationMs)
    const deadlineMs = durationMs + simulationLimits.healMs
    let healedMs = 0
    // Equal, and still so after a while; a flooder may put in something new meanwhile.
    for (let calm = false; monitor.violation === undefined;) {
      missing = this.#missing()
      if ((missing === null && calm) || clock.nowMs >= deadlineMs) break
      if (missing !== null) healedMs = clock.nowMs + simulationLimits.lookEveryMs - durationMs
      calm = missing === null
      await this.#runUntil(clock.nowMs + (calm ? simulationLimits.calmMs : simulationLimits.lookEveryMs))
    }
    for (const node of this.nodes) node.process?.watch.foldHolds()
    const minutes = simulationLimits.healMs / 60_000
    const failure =
      monitor.violation?.message ?? (missing === null ? null : `${minutes} minutes after healing, ${missing}`)
    for (const node of this.nodes) node.process?.die()
    return this.#result(failure, healedMs)
  }

  #onError(err: unknown): void {
    const { monitor, trace, clock } = this.world
    trace.add(clock.nowMs, 'world', `error: ${String(err)}`)
    if (!(err instanceof StoreError)) monitor.report('the core', String(err))
  }

  #missing(): string | null {
    return whatIsMissing(this.world, this.nodes, this.#workload?.accepted ?? new Set())
  }

  async #runUntil(untilMs: number): Promise<void> {
    const { clock, monitor } = this.world
    while (monitor.violation === undefined && clock.step(untilMs)) {
      // Whatever the step woke runs until it waits for virtual time again.
      await new Promise((resolve) => setImmediate(resolve))
      this.#events += 1
      if (this.#events % simulationLimits.foldEvery !== 0) continue
      const process = this.world.random.pick(this.nodes).process
      if (process?.isReady !== true) continue
      process.watch.foldHolds()
      process.watch.boundsHold()
    }
  }

  #result(failure: string | null, healedMs: number): SimulationResult {
    const { world } = this
    const some = this.nodes.find((node) => node.isHonest)?.process
    return {
      seed: this.#options.seed,
      failure,
      traceHash: world.trace.hash,
      lastLines: world.trace.tail(60),
      events: this.#events,
      checks: world.monitor.checks,
      virtualMs: world.clock.nowMs,
      healedMs,
      records: some?.keeper.store.size() ?? 0,
      chunks: some?.chunks.usage().chunks ?? 0,
      traffic: world.traffic,
      nodes: this.nodes.length,
    }
  }
}

/** Says nothing; what the core calls an error is looked at. */
function watchingLogger(onError: (err: unknown) => void): Logger {
  const nothing = (): void => {}
  const error = (about: { err?: unknown }): void => onError(about.err)
  return { debug: nothing, info: nothing, warn: nothing, error } as unknown as Logger
}
