import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** As many others must be known to hold a work whole before a copy goes, or as many as copies are asked for, if that is fewer. */
const WITNESSES = 2

/** A shown work, as far as it matters for what to keep. */
export interface RetentionWork {
  readonly root: string
  /** Bytes of all its blocks, as declared. */
  readonly size: number
  /** How much of it is here: 0 to 1. */
  readonly share: number
  /** Other nodes that are known to hold it whole, and were heard lately. */
  readonly holders: readonly string[]
}

export interface RetentionInput {
  readonly self: string
  /** Granted nodes that may be counted on; self may be among them. */
  readonly nodes: readonly string[]
  /** How many of them are to keep each work. */
  readonly copies: number
  /** Bytes that shown works may take here. */
  readonly roomBytes: number
  readonly works: readonly RetentionWork[]
}

export interface RetentionPlan {
  /** Works this node is to hold, or goes on holding. All others are read through the mesh. */
  readonly keep: ReadonlySet<string>
  /** Of what is here: what makes room. */
  readonly letGo: readonly string[]
  /** Works that are this node's to keep, and do not fit. */
  readonly crowdedOut: readonly string[]
}

/**
 * What a node with little room keeps. Pure: the same knowledge, the same plan, whichever node makes it.
 *
 * Each work ranks all nodes anew (rendezvous hashing: the highest score first), so a node that comes or goes moves only the works
 * it is ranked for. The first `copies` nodes keep a work, if they have room; what else is here stays while there is room. Room that
 * is left is kept for works that nobody is known to hold: it may be that they never come.
 *
 * A copy is let go of only while two other nodes *ranked higher* are known to hold the work whole (one, where one copy is all that is
 * asked for). So of all nodes that ever held it whole, the highest ranked never let go of it, however late the pictures are that nodes have
 * of each other: two nodes cannot each rely on the other. And no work hangs on the word of one node, which may lie, or not know yet that its card rots.
 */
export function planRetention({ self, nodes, copies, roomBytes, works }: RetentionInput): RetentionPlan {
  const ranked = works.map((work) => {
    const own = scoreOf(self, work.root)
    const above = nodes.filter((node) => node !== self && isAbove(node, self, work.root, own))
    const holdersAbove = work.holders.filter((node) => node !== self && isAbove(node, self, work.root, own))
    return { ...work, rank: above.length, copiesAbove: holdersAbove.length }
  })
  ranked.sort((a, b) => a.rank - b.rank || a.size - b.size || (a.root < b.root ? -1 : 1))

  const keep = new Set<string>()
  let usedBytes = 0
  const take = ({ root, size }: RetentionWork): void => {
    keep.add(root)
    usedBytes += size
  }
  const witnesses = Math.min(WITNESSES, copies)
  // A part of a work that nobody has whole may be the last there is of it, too.
  const isBound = ({ share, holders, copiesAbove }: (typeof ranked)[number]): boolean =>
    share >= 1 ? copiesAbove < witnesses : share > 0 && holders.length === 0
  for (const work of ranked) if (isBound(work)) take(work)

  const crowdedOut: string[] = []
  const fits = ({ size }: RetentionWork): boolean => usedBytes + size <= roomBytes
  const takeOwn = (isToTake: (work: RetentionWork) => boolean): void => {
    for (const work of ranked) {
      if (work.rank >= copies || keep.has(work.root) || !isToTake(work)) continue
      if (fits(work)) take(work)
      else crowdedOut.push(work.root)
    }
  }
  takeOwn(isSomewhere)
  // Of the others those stay first that fewest others have.
  const spare = ranked.filter(({ root, rank, share }) => share >= 1 && rank >= copies && !keep.has(root))
  spare.sort((a, b) => a.holders.length - b.holders.length)
  for (const work of spare) if (fits(work)) take(work)
  takeOwn((work) => !isSomewhere(work))

  const letGo = ranked.filter(({ root, share }) => share > 0 && !keep.has(root)).map(({ root }) => root)
  return { keep, letGo, crowdedOut }
}

function isSomewhere({ share, holders }: RetentionWork): boolean {
  return share > 0 || holders.length > 0
}

/** Ranks nodes for a work, the same everywhere: the greater text comes first. */
export function scoreOf(node: string, root: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(`${node}\n${root}`)).subarray(0, 16))
}

function isAbove(node: string, self: string, root: string, own: string): boolean {
  const score = scoreOf(node, root)
  return score === own ? node > self : score > own
}
