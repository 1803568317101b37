import type { Did } from '../../artworks/format/did-key.ts'

/** Every protocol id carries a version; a node answers the versions it knows (design, decision 15). */
export const protocols = Object.freeze({
  /** Open to strangers: proves a grant, both ways. */
  membership: '/mesh-art/membership/1',
  /** Open to strangers: asks for a grant with an invite. */
  join: '/mesh-art/join/1',
  /** Members only: compares record sets and exchanges what is missing. */
  records: '/mesh-art/records/1',
  /** Members only: says what it holds, asks for chunks, gets them. */
  chunks: '/mesh-art/chunks/1',
  /** Members only: says who lives, in a few bytes each. */
  life: '/mesh-art/life/1',
})

/** Gossip topics of one exhibition; its id is in the topic, so that two exhibitions on one network never mix. */
export function topics(exhibition: Did): { records: string; status: string; actions: string } {
  return {
    records: `mesh-art/1/records/${exhibition}`,
    status: `mesh-art/1/status/${exhibition}`,
    actions: `mesh-art/1/actions/${exhibition}`,
  }
}

/**
 * DNS-SD service of one exhibition in mDNS: nodes of other exhibitions are not even dialled.
 * A DNS label is at most 63 bytes and case-insensitive, so it holds the end of the did in lower case: a filter, not a proof.
 */
export function mdnsServiceTag(exhibition: Did): string {
  return `_mesh-art-${exhibition.slice(-10).toLowerCase()}._udp.local`
}
