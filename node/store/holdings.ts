import type { CID } from 'multiformats/cid'

/** How much of one DAG is here. */
export interface DagProgress {
  readonly have: number
  readonly total: number
  readonly complete: boolean
  /** 36 characters of 0 and 1; see http/contract.ts Progress.cells. Counted when it is looked at, over all chunks. */
  readonly cells: string
}

/**
 * Which DAGs this node wants and how much of each is here; knows the chunks of a DAG as far as its dag-pb nodes are here.
 * One instance a node, fed by every chunk that is stored.
 */
export interface Holdings {
  /** Starts to follow a DAG: reads what is already stored. Declared figures bound it; a DAG beyond them is refused. */
  track(root: string, declared: { size: number; chunks: number }): Promise<void>
  untrack(root: string): void
  roots(): Iterable<string>
  progress(root: string): DagProgress | undefined
  /** Whether `missing` has any, without making the list. */
  lacks(root: string): boolean
  /** Known chunks of the DAG that are not here, in DAG order. */
  missing(root: string): readonly CID[]
  /** The same as base32 text. */
  missingKeys(root: string): readonly string[]
  /** Whether it turned out not to be what was declared, and why. */
  refusal(root: string): string | undefined
  /** Verifies nothing: the bytes must have been verified. Stores them, expands links, emits `chunk` and `progress`. */
  add(cid: CID, bytes: Uint8Array): Promise<void>
  /** Resolves when every chunk being added now is there, or was refused, or deleted again since its DAG was let go meanwhile. */
  idle(): Promise<void>
  /** Chunks of the DAG that are here, as base32 CIDs, as far as its dag-pb nodes tell. */
  chunksOf(root: string): Iterable<string>
  /** Followed DAGs that the chunk is known to belong to. */
  rootsOf(cid: CID): readonly string[]
  /** Every CID known to belong to a DAG that is followed, here or not. */
  referenced(): ReadonlySet<string>
}
