import { DAG_PB_CODEC } from '../../artworks/format/dag.ts'
import { isVerifiedBlock } from '../../node/store/block-hash.ts'
import { ReadThroughError } from '../../node/store/read-through.ts'
import type { Random } from './random.ts'
import type { Block } from './sealed-works.ts'
import type { SimNode } from './sim-node.ts'
import type { SimProcess } from './sim-process.ts'
import type { World } from './world.ts'

export interface ReadersInit {
  readonly world: World
  readonly random: Random
  readonly nodes: readonly SimNode[]
  readonly untilMs: number
}

const PAUSE_MS = [500, 15_000] as const
const IMPATIENT_SHARE = 0.3
const LEAVES = 4

/** Visitors and curators who open works that are shown or wait to be admitted, at any node, here or not; some go away at once. */
export class Readers {
  readonly #init: ReadersInit

  constructor(init: ReadersInit) {
    this.#init = init
  }

  start(): void {
    const { world, random, untilMs } = this.#init
    world.clock.after(random.between(...PAUSE_MS), () => {
      if (world.clock.nowMs > untilMs) return
      this.#open()
      this.start()
    })
  }

  #open(): void {
    const { world, random, nodes } = this.#init
    const up = nodes.filter((node) => node.isHonest && node.isUp)
    const process = up.length === 0 ? undefined : random.pick(up).process
    const roots = [...world.dags.keys()].filter((root) => process?.content.isReadable(root))
    if (process === undefined || roots.length === 0) return
    const leaving = new AbortController()
    if (random.chance(IMPATIENT_SHARE)) {
      process.after(random.between(1, 2_000), () => leaving.abort(new Error('the reader went away')))
    }
    this.#read(process, random.pick(roots), leaving.signal).catch((err: unknown) => {
      if (!leaving.signal.aborted && !(err instanceof ReadThroughError)) process.failed('reading', err)
    })
  }

  async #read(process: SimProcess, root: string, signal: AbortSignal): Promise<void> {
    const { world, random } = this.#init
    const blocks = [...(world.dags.get(root)?.blocks.values() ?? [])]
    // The way to a leaf leads through the blocks that link to it.
    const [links, leaves] = [blocks.filter(isInner), blocks.filter((block) => !isInner(block))]
    for (const { cid } of [...links, ...random.shuffled(leaves).slice(0, LEAVES)]) {
      const bytes = await process.reads.read(cid, { signal, root })
      if (!isVerifiedBlock(cid, bytes))
        process.watch.violation(`gives a reader wrong bytes of ${cid.toString()}`)
    }
  }
}

function isInner({ cid }: Block): boolean {
  return cid.code === DAG_PB_CODEC
}
