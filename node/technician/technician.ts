import { setTimeout as delay } from 'node:timers/promises'
import type { Did } from '../../artworks/format/did-key.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { MeshWatch } from '../store/mesh-watch.ts'
import type { ActionArgs, ActionName, ActionResult } from '../wire/action-messages.ts'
import { actionSaid } from '../wire/action-said.ts'
import type { ActionRunner } from './action-runner.ts'
import type { Login, Session } from './login.ts'
import type { OrderBook } from './order-book.ts'

/** Carries sealed orders to other nodes, and brings their answers. */
export interface OrderCarrier {
  /** @returns the answer; null when none came in time */
  carry(sealed: Uint8Array, nonce: Uint8Array, to: Did): Promise<ActionResult | null>
}

export interface TechnicianDependencies {
  readonly self: Did
  readonly login: Login
  readonly orders: OrderBook
  readonly runner: ActionRunner
  readonly mesh: Pick<MeshState, 'peers'>
  readonly watch: Pick<MeshWatch, 'note'>
  /** Whether this node holds the exhibition's key, and so lets other nodes in. */
  readonly holdsKey: boolean
}

/** How long a page waits for an answer; what comes later is in the timeline. */
const PATIENCE_MS = 20_000

/** A node that has just started again is heard anew within this time. */
const NEW_RUN_MS = 10_000
const LOOK_MS = 100

/** What a technician who is logged in here can have done, on this node and on the others. */
export class Technician {
  readonly login: Login
  readonly #deps: TechnicianDependencies
  #carrier: OrderCarrier | undefined

  constructor(deps: TechnicianDependencies) {
    this.#deps = deps
    this.login = deps.login
  }

  /** The mesh starts after the pages. */
  useCarrier(carrier: OrderCarrier | undefined): void {
    this.#carrier = carrier
  }

  get holdsKey(): boolean {
    return this.#deps.holdsKey
  }

  noteLogin(): void {
    this.#deps.watch.note({ kind: 'login', node: this.#deps.self })
  }

  /** @returns the result, or null when it is under way still: it will be in the timeline */
  async ask(session: Session, node: Did, action: ActionName, args: ActionArgs): Promise<ActionResult | null> {
    const asking = this.#ask(session, node, action, args).then((result) => {
      const { done, detail } = result
      this.#deps.watch.note({ kind: 'action', what: action, node, done, detail })
      return result
    })
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS)
    })
    try {
      return await Promise.race([asking, patience])
    } finally {
      clearTimeout(timer)
    }
  }

  /** An order that came through the mesh. */
  async obey(
    sealed: Uint8Array,
    passedBy: Did,
  ): Promise<{ nonce: Uint8Array; to: Did; result: ActionResult } | null> {
    const { orders, runner, watch, self } = this.#deps
    const { order, refusal } = await orders.judge(sealed, passedBy)
    if (refusal === 'not-for-us') return null
    const { nonce, via, action, args } = order
    if (refusal !== null) return { nonce, to: via, result: { done: false, detail: actionSaid(refusal) } }
    const result = await runner.run(action, args)
    watch.note({ kind: 'action', what: action, node: self, done: result.done, detail: result.detail })
    return { nonce, to: via, result }
  }

  async #ask(session: Session, node: Did, action: ActionName, args: ActionArgs): Promise<ActionResult> {
    const { self, runner } = this.#deps
    if (node === self) return runner.run(action, args)
    const boot = this.#bootOf(node)
    const answer = await this.#order(session, { did: node, boot }, action, args)
    if (answer.detail !== actionSaid('other-run')) return answer
    // It has started again, and was not heard since: the order is for the node, whatever run of it.
    for (let waitedMs = 0; this.#bootOf(node) === boot; waitedMs += LOOK_MS) {
      if (waitedMs >= NEW_RUN_MS) return answer
      await delay(LOOK_MS, undefined, { ref: false })
    }
    return this.#order(session, { did: node, boot: this.#bootOf(node) }, action, args)
  }

  #bootOf(node: Did): string | undefined {
    return this.#deps.mesh.peers.get(node)?.boot
  }

  async #order(
    { key }: Session,
    { did, boot }: { readonly did: Did; readonly boot: string | undefined },
    action: ActionName,
    args: ActionArgs,
  ): Promise<ActionResult> {
    if (boot === undefined || this.#carrier === undefined)
      return { done: false, detail: actionSaid('not-heard') }
    const { nonce, sealed } = await this.#deps.orders.write(key, { did, boot }, action, args)
    const answer = await this.#carrier.carry(sealed, nonce, did)
    return answer ?? { done: false, detail: actionSaid('no-answer') }
  }
}
