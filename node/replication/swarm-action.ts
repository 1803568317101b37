/** What the rim is to do. CIDs and roots are base32 text, neighbours peer ids. */
export type SwarmAction = { readonly neighbour: string; readonly cids: readonly string[] } & (
  | { readonly do: 'want' | 'insist' | 'first' | 'cancel' }
  | {
      readonly do: 'seek'
      readonly root: string
      /** How many nodes may pass it on. */
      readonly hops: number
      /** Nodes that wait for it, this one among them: none of them is to be asked. */
      readonly waiting: readonly string[]
    }
)
