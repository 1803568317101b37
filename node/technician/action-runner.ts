import { CID } from 'multiformats/cid'
import type { Logger } from 'pino'
import type { ChunkStore } from '../store/chunk-store.ts'
import type { Holdings } from '../store/holdings.ts'
import type { MeshState } from '../store/mesh-state.ts'
import type { ActionArgs, ActionName, ActionResult } from '../wire/action-messages.ts'
import { actionSaid } from '../wire/action-said.ts'
import type { ActionSaying } from '../wire/action-said.ts'
import type { OwnName } from './own-name.ts'

const IDENTIFY_MS = 60_000

/** What an action can do to the machine and the program around it. */
export interface ActionPowers {
  readonly mesh: MeshState
  readonly chunks: ChunkStore
  readonly holdings: Pick<Holdings, 'referenced'>
  readonly logger: Logger
  readonly steadyNowMs: () => number
  readonly saveName: (name: OwnName) => Promise<void>
  /** Blinks a light for a while; false where there is none, or it is not ours to switch. */
  readonly blink: (ms: number) => Promise<boolean>
  /** Ends the program so that the service starts it anew; null where nobody would. */
  readonly restart: (() => void) | null
  /** Grants a node that waits; null on a node that does not hold the exhibition's key. */
  readonly admit: ((node: string, name: string) => Promise<void>) | null
  /** Asks the system to set its clock; false where it may not be asked. */
  readonly setClock: (seconds: number) => Promise<boolean>
  readonly diagnostics: () => Promise<Uint8Array>
}

const done = (saying: ActionSaying, ...about: (string | number)[]): ActionResult => ({
  done: true,
  detail: actionSaid(saying, ...about),
})
const notDone = (saying: ActionSaying): ActionResult => ({ done: false, detail: actionSaid(saying) })

/** Does what a technician asked of this node, one at a time. Whether it may be asked was decided before. */
export class ActionRunner {
  readonly #powers: ActionPowers
  #busy: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(powers: ActionPowers) {
    this.#powers = powers
  }

  async run(action: ActionName, args: ActionArgs): Promise<ActionResult> {
    if (this.#waiting >= 8) return notDone('busy')
    this.#waiting += 1
    const running = this.#busy.then(async () => this.#do(action, args))
    this.#busy = running.catch(() => undefined)
    try {
      return await running
    } catch (err) {
      this.#powers.logger.error({ err, action }, 'an action failed')
      return notDone('failed')
    } finally {
      this.#waiting -= 1
    }
  }

  async #do(action: ActionName, args: ActionArgs): Promise<ActionResult> {
    const { mesh, steadyNowMs, restart, admit, setClock, diagnostics } = this.#powers
    switch (action) {
      case 'identify': {
        mesh.identifyUntilMs = steadyNowMs() + IDENTIFY_MS
        const blinks = await this.#powers.blink(IDENTIFY_MS)
        return done(blinks ? 'blinks' : 'marked')
      }
      case 'rename':
        return this.#rename(args)
      case 'drain':
        mesh.isDraining = args.on ?? true
        return done(mesh.isDraining ? 'takes-no-works' : 'takes-works')
      case 'verify':
        return this.#verify()
      case 'gc':
        return this.#collectGarbage()
      case 'restart':
        if (restart === null) return notDone('restart-by-hand')
        // After the answer is on its way.
        setTimeout(restart, 1_500).unref()
        return done('restarts')
      case 'joining':
        // Only that node has a door.
        if (admit === null) return notDone('no-exhibition-key')
        mesh.isJoiningClosed = args.on === false
        return done(mesh.isJoiningClosed ? 'door-closed' : 'door-open')
      case 'admit': {
        if (admit === null) return notDone('no-exhibition-key')
        const waiting = args.node === undefined ? undefined : mesh.waiting.get(args.node)
        if (args.node === undefined || waiting === undefined) return notDone('nobody-waits')
        await admit(args.node, waiting.name)
        mesh.waiting.delete(args.node)
        return done('let-in', waiting.name)
      }
      case 'clock':
        if (args.seconds === undefined) return notDone('no-time')
        return (await setClock(args.seconds)) ? done('clock-asked') : notDone('clock-not-ours')
      case 'diagnostics':
        return { ...done('diagnostics'), data: await diagnostics() }
    }
  }

  async #rename({ name, place }: ActionArgs): Promise<ActionResult> {
    if (name === undefined) return notDone('no-name')
    const ownName: OwnName = { name: name.trim(), ...(place === undefined ? {} : { place }) }
    await this.#powers.saveName(ownName)
    this.#powers.mesh.ownName = ownName
    return done('named', ownName.name)
  }

  async #verify(): Promise<ActionResult> {
    const { chunks } = this.#powers
    let damaged = 0
    const stop = chunks.onDamage(() => {
      damaged += 1
    })
    let checked = 0
    try {
      for (const cid of [...chunks.list()]) {
        await chunks.get(CID.parse(cid))
        checked += 1
      }
    } finally {
      stop()
    }
    return done('checked', checked, damaged)
  }

  /** As `mesh-art gc`, beside everything else: what no work and no upload refers to. */
  async #collectGarbage(): Promise<ActionResult> {
    const { chunks, holdings } = this.#powers
    let dropped = 0
    let bytes = 0
    for (const text of [...chunks.list()]) {
      // Asked for anew each time: a work may come in meanwhile.
      if (holdings.referenced().has(text)) continue
      const cid = CID.parse(text)
      bytes += chunks.size(cid) ?? 0
      await chunks.delete(cid)
      dropped += 1
    }
    return done('dropped', dropped, Math.round(bytes / 1024 / 1024))
  }
}
