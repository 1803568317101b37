import type { Connection, PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Invite } from '../wire/invite.ts'
import type { RefusalReason } from '../wire/membership-messages.ts'
import { Discovery } from './discovery.ts'
import { createHost } from './host.ts'
import type { QuietBudget } from './quiet-budget.ts'
import { askToJoin } from './join.ts'

/** A peer that did not let us in is asked again after this long: it may hold the steward's key by then. */
const ASK_AGAIN_MS = 15_000
const LOOK_MS = 250

export interface JoinClientInit {
  readonly key: PrivateKey
  readonly invite: Invite
  readonly name: string
  readonly version: string
  readonly mdns: boolean
  readonly budget: QuietBudget
  /** multiaddrs tried besides the invite's and what mDNS finds. */
  readonly peers: readonly string[]
  readonly logger: Logger
  readonly signal: AbortSignal
  readonly steadyNowMs: () => number
  readonly random: () => number
  /** A peer answered, and did not let us in. */
  readonly onRefused: (peer: string, reason: RefusalReason) => void
}

/**
 * Looks for a node that can let this one in, for as long as it takes, and asks each that it meets.
 * @returns the sealed grant and exhibition record, both signed by the exhibition's key
 * @throws the signal's reason when it is given up
 */
export async function joinExhibition(
  init: JoinClientInit,
): Promise<{ grant: Uint8Array; exhibition: Uint8Array }> {
  const { key, invite, signal } = init
  const host = await createHost({
    key,
    exhibition: invite.exhibition,
    // It only calls: nobody needs to call a node that is not in yet.
    listen: [],
    mdns: init.mdns,
    budget: init.budget,
    version: init.version,
    guard: (registrar) => registrar,
    isBanned: () => false,
  })
  const discovery = new Discovery({ ...init, host, addresses: [...invite.addresses, ...init.peers] })
  const askedMs = new Map<string, number>()
  const self = { peerId: host.peerId.toString(), did: didFromPublicKey(key.publicKey), name: init.name }
  const ask = async (
    connection: Connection,
  ): Promise<{ grant: Uint8Array; exhibition: Uint8Array } | null> => {
    const id = connection.remotePeer.toString()
    askedMs.set(id, init.steadyNowMs())
    try {
      const reply = await askToJoin(connection, invite, self)
      if (!('refused' in reply)) return reply
      init.onRefused(id, reply.refused)
    } catch (err) {
      init.logger.debug({ err, peer: id }, 'asking to join failed')
    }
    return null
  }
  try {
    await host.start()
    discovery.start()
    for (;;) {
      signal.throwIfAborted()
      for (const connection of host.getConnections()) {
        const last = askedMs.get(connection.remotePeer.toString())
        if (last !== undefined && init.steadyNowMs() - last < ASK_AGAIN_MS) continue
        const granted = await ask(connection)
        if (granted !== null) return granted
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  } finally {
    discovery.stop()
    await host.stop()
  }
}
