import type { CID } from 'multiformats/cid'
import { cidKey } from '../../artworks/format/cid-key.ts'
import { isChunkCid, RAW_CODEC } from '../../artworks/format/dag.ts'
import { formatLimits } from '../../artworks/format/limits.ts'
import { cellsOf } from './dag-cells.ts'

/** What a manifest says of its DAG: bytes of all different blocks, and their number. */
export interface DagFigures {
  readonly size: number
  readonly chunks: number
}

export const dagTrackerLimits = Object.freeze({
  /**
   * Links between different blocks, as a multiple of the chunks declared, beyond what one block may hold: bounds the memory
   * of a DAG whose few blocks all link to each other. A tree has one link a chunk; shared files add some.
   */
  linksPerChunk: 8,
  /** Differing figures remembered for one root. At most one can be right; manifests with wrong ones cost their signers. */
  claims: 64,
})

interface Node {
  readonly key: string
  /** Only while it is missing: a DAG that is complete holds names alone. */
  cid: CID | null
  /** Different blocks it links to, in order; null for an inner block that was never seen. A raw block has none. */
  children: Node[] | null
  /** Blocks on the longest known path from the root, itself included. */
  depth: number
  bytes: number
  have: boolean
  /** The walk that saw it last. */
  walk: number
}

/**
 * How much of one DAG is here, as far as its inner blocks have been seen. Fed with verified blocks; pure.
 *
 * Order is depth-first preorder, each different block at its first place. It is walked when it is asked for, not when a block
 * comes: adding a block costs its links, whatever the size of the DAG.
 */
export class DagTracker {
  readonly root: CID
  readonly #nodes = new Map<string, Node>()
  readonly #rootNode: Node
  readonly #onKnown: ((cid: string) => void) | undefined
  readonly #claims: DagFigures[]
  #bound: DagFigures
  #have = 0
  #haveBytes = 0
  #links = 0
  /** Known inner blocks that were never seen. */
  #unseen: number
  #refusal: string | undefined
  #walks = 0
  #order: readonly Node[] | null = null
  #missing: readonly CID[] | null = null
  #missingKeys: readonly string[] | null = null
  #cells: string | null = null

  /** @param onKnown hears the text of each block but the root, once, when it becomes known to belong to this DAG */
  constructor(root: CID, claims: readonly [DagFigures, ...DagFigures[]], onKnown?: (cid: string) => void) {
    this.root = root
    this.#onKnown = onKnown
    this.#claims = claims.slice(0, dagTrackerLimits.claims)
    this.#bound = widest(this.#claims)
    this.#rootNode = newNode(root)
    this.#rootNode.depth = 1
    this.#nodes.set(this.#rootNode.key, this.#rootNode)
    this.#unseen = this.#rootNode.children === null ? 1 : 0
    if (!isChunkCid(root)) {
      this.#refusal = 'its root is not a block that a work may have'
    } else if (
      this.#bound.chunks > formatLimits.artworkChunks ||
      this.#bound.size > formatLimits.artworkBytes
    ) {
      this.#refusal = `it declares ${this.#bound.chunks} chunks of ${this.#bound.size} bytes, more than a work may have`
    }
  }

  /** Figures declared for this root: facts of a DAG, so at most one of several is right. The widest bounds what is taken. */
  get claims(): readonly DagFigures[] {
    return this.#claims
  }

  /** Blocks of the DAG that are here. */
  get have(): number {
    return this.#have
  }

  /** Blocks the DAG has: as declared; as counted, once all were seen. */
  get total(): number {
    return this.#unseen === 0 ? this.#nodes.size : this.#bound.chunks
  }

  get complete(): boolean {
    return this.#refusal === undefined && this.#unseen === 0 && this.#have === this.#nodes.size
  }

  /** Why this is not the DAG that was declared, in words for people. It stays: a CID never means anything else. */
  get refusal(): string | undefined {
    return this.#refusal
  }

  /** Whether a block that is known is not here; never of a refused DAG. */
  get lacks(): boolean {
    return this.#refusal === undefined && this.#have < this.#nodes.size
  }

  /** CIDs of all blocks known to belong to this DAG, the root among them. */
  known(): Iterable<string> {
    return this.#nodes.keys()
  }

  /** CIDs of the blocks that are here. */
  *held(): Iterable<string> {
    for (const { key, have } of this.#nodes.values()) if (have) yield key
  }

  /** Whether these figures are among the claims. */
  declares(figures: DagFigures): boolean {
    return this.#claims.some((claim) => sameFigures(claim, figures))
  }

  /**
   * A verified block is here. A block that is not known to belong to this DAG, or is here already, changes nothing.
   * @param links of the block in order; none for a leaf
   * @returns the blocks that are known from now on, which may be stored already; null when nothing changed
   */
  add(cid: CID, links: readonly CID[], byteLength: number): readonly CID[] | null {
    const node = this.#nodes.get(cidKey(cid))
    if (node === undefined || node.have || this.#refusal !== undefined) return null
    node.have = true
    node.cid = null
    node.bytes = byteLength
    this.#have += 1
    this.#haveBytes += byteLength
    this.#missing = null
    this.#missingKeys = null
    this.#cells = null
    const found = node.children === null ? this.#expand(node, links) : []
    this.#check()
    return found
  }

  /** A block turned out to be damaged. Its links stay known. @returns whether it was here */
  lose(cid: CID): boolean {
    const node = this.#nodes.get(cidKey(cid))
    if (node === undefined || !node.have) return false
    node.have = false
    node.cid = cid
    this.#have -= 1
    this.#haveBytes -= node.bytes
    this.#missing = null
    this.#missingKeys = null
    this.#cells = null
    return true
  }

  /** This is no DAG of a work at all: a block of it does not decode. */
  refuse(reason: string): void {
    this.#refusal ??= reason
    this.#missing = null
    this.#missingKeys = null
    this.#cells = null
  }

  /** Known blocks that are not here, in DAG order; none of a refused DAG. The same array until something changes. */
  missing(): readonly CID[] {
    if (this.#refusal !== undefined) return []
    this.#missing ??= this.#ordered().flatMap(({ cid }) => (cid === null ? [] : [cid]))
    return this.#missing
  }

  /** As `missing`, as base32 text. */
  missingKeys(): readonly string[] {
    if (this.#refusal !== undefined) return []
    this.#missingKeys ??= this.#ordered().flatMap(({ cid, key }) => (cid === null ? [] : [key]))
    return this.#missingKeys
  }

  /**
   * See cellsOf. The place of a chunk after a block that was never seen cannot be told yet, and counts as not here: so a `1`
   * is true of the whole DAG, and only damage takes it back.
   */
  cells(): string {
    this.#cells ??= cellsOf(this.total, this.#placed())
    return this.#cells
  }

  *#placed(): Iterable<boolean> {
    for (const { have, children } of this.#ordered()) {
      yield have
      if (children === null) return
    }
  }

  /** @returns the blocks not known before, in order */
  #expand(node: Node, links: readonly CID[]): CID[] {
    const children = new Map<string, Node>()
    const found: CID[] = []
    for (const cid of links) {
      const key = cidKey(cid)
      if (children.has(key)) continue
      let child = this.#nodes.get(key)
      if (child === undefined) {
        child = newNode(cid)
        // The map's own text, so that who remembers it needs no other.
        this.#nodes.set(child.key, child)
        this.#onKnown?.(child.key)
        if (child.children === null) this.#unseen += 1
        found.push(cid)
      }
      children.set(key, child)
    }
    node.children = [...children.values()]
    this.#unseen -= 1
    this.#links += node.children.length
    if (node.children.length > 0) this.#order = null
    this.#deepen(node)
    return found
  }

  /** Passes a greater depth down. Each block can get deeper `dagDepth` times at most, then the DAG is refused. */
  #deepen(from: Node): void {
    const pending = [from]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.depth > formatLimits.dagDepth) {
        this.refuse(`it is more than ${formatLimits.dagDepth} blocks deep`)
        return
      }
      for (const child of node.children ?? []) {
        if (child.depth > node.depth) continue
        child.depth = node.depth + 1
        pending.push(child)
      }
    }
  }

  #check(): void {
    const { chunks, size } = this.#bound
    const known = this.#nodes.size
    if (known > chunks) {
      this.refuse(`it has more chunks than the ${chunks} declared`)
    } else if (this.#haveBytes > size) {
      this.refuse(`it has more bytes than the ${size} declared`)
    } else if (this.#links > chunks * dagTrackerLimits.linksPerChunk + formatLimits.blockLinks) {
      this.refuse(`its ${chunks} chunks have ${this.#links} links, more than a work may have`)
    } else if (this.#unseen === 0 && !this.#claims.some((claim) => claim.chunks === known)) {
      this.refuse(`it has ${known} chunks, not the ${chunks} declared`)
    } else if (this.#unseen === 0 && this.#have === known) {
      if (this.declares({ chunks: known, size: this.#haveBytes })) return
      this.refuse(`it has ${this.#haveBytes} bytes, not the ${size} declared`)
    }
  }

  #ordered(): readonly Node[] {
    if (this.#order !== null) return this.#order
    const walk = ++this.#walks
    const order: Node[] = []
    const pending = [this.#rootNode]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.walk === walk) continue
      node.walk = walk
      order.push(node)
      const { children } = node
      if (children === null) continue
      // Last child first: the stack gives back the first one.
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i]
        if (child !== undefined && child.walk !== walk) pending.push(child)
      }
    }
    this.#order = order
    return order
  }
}

function newNode(cid: CID): Node {
  const children = cid.code === RAW_CODEC ? [] : null
  return { key: cidKey(cid), cid, children, depth: 0, bytes: 0, have: false, walk: 0 }
}

function widest(claims: readonly DagFigures[]): DagFigures {
  return {
    size: Math.max(...claims.map(({ size }) => size)),
    chunks: Math.max(...claims.map(({ chunks }) => chunks)),
  }
}

function sameFigures(a: DagFigures, b: DagFigures): boolean {
  return a.size === b.size && a.chunks === b.chunks
}
