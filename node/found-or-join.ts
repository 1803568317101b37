import { join } from 'node:path'
import type { PrivateKey } from '@libp2p/interface'
import type { Logger } from 'pino'
import { didFromPublicKey } from '../artworks/format/did-key.ts'
import type { Did } from '../artworks/format/did-key.ts'
import type { NodeConfig } from './config.ts'
import { foundExhibition, readExhibitionTexts } from './ingest/found-exhibition.ts'
import { joinExhibition } from './mesh/join-client.ts'
import { quietBudget } from './mesh/quiet-budget.ts'
import type { DataDir } from './store/data-dir.ts'
import { readExhibitionId } from './store/exhibition-identity.ts'
import { readProvision } from './provision.ts'
import { loadOrCreateKey } from './store/node-key.ts'
import { version } from './version.ts'
import { parseInvite } from './wire/invite.ts'

export interface JoinProgress {
  founding(): void
  joining(exhibition: Did): void
  refused(peer: string, reason: string): void
}

export interface FoundOrJoinInit {
  readonly dataDir: DataDir
  /** Of the node. */
  readonly key: PrivateKey
  readonly config: NodeConfig
  readonly logger: Logger
  readonly progress: JoinProgress
  /** Found an exhibition when the data directory is new and there is no invite. */
  readonly mayFound: boolean
  /** With the texts of the exhibition to found. */
  readonly collectionDir: string
  readonly signal: AbortSignal
}

/**
 * Which exhibition a node shows. In a new data directory it joins the one of the invite, or founds one; `firstRecords` are
 * then to be kept, and the data directory to be marked.
 * @throws {OtherExhibitionError} @throws {NoExhibitionError} @throws the signal's reason
 */
export async function foundOrJoin(
  init: FoundOrJoinInit,
): Promise<{ id: Did; firstRecords: Uint8Array[]; founded: boolean }> {
  const { config, dataDir, key, progress, collectionDir } = init
  const invite = config.join === undefined ? null : parseInvite(config.join)
  const known = await readExhibitionId(dataDir)
  if (known !== null) {
    if (invite !== null && invite.exhibition !== known) throw new OtherExhibitionError(config.dataDir)
    return { id: known, firstRecords: [], founded: false }
  }
  if (config.provision !== undefined) {
    const granted = await readProvision(config.provision, didFromPublicKey(key.publicKey))
    return { ...granted, founded: false }
  }
  if (invite !== null) {
    progress.joining(invite.exhibition)
    const granted = await joinExhibition({
      key,
      invite,
      name: config.name,
      version,
      mdns: config.mesh.mdns,
      budget: quietBudget(config.mesh.quiet),
      peers: config.mesh.peers,
      logger: init.logger,
      signal: init.signal,
      steadyNowMs: () => performance.now(),
      random: Math.random,
      onRefused: (peer, reason) => progress.refused(peer, reason),
    })
    return { id: invite.exhibition, firstRecords: [granted.exhibition, granted.grant], founded: false }
  }
  if (!init.mayFound) throw new NoExhibitionError(config.dataDir)
  progress.founding()
  const steward = await loadOrCreateKey(join(dataDir.keys, 'steward.key'))
  await loadOrCreateKey(join(dataDir.keys, 'house.key'))
  const place = config.place
  const founded = await foundExhibition(
    steward,
    {
      did: didFromPublicKey(key.publicKey),
      name: config.name,
      ...(place === undefined ? {} : { place: { ...place } }),
    },
    readExhibitionTexts(join(collectionDir, 'exhibition.yaml')),
    { quorum: 0, curators: [] },
  )
  return { id: founded.id, firstRecords: founded.records, founded: true }
}

/** The data directory is of one exhibition and the invite of another. */
export class OtherExhibitionError extends Error {
  override readonly name = 'OtherExhibitionError'

  constructor(dataDir: string) {
    super(`${dataDir} belongs to another exhibition than the invite; choose another --data-dir`)
  }
}

export class NoExhibitionError extends Error {
  override readonly name = 'NoExhibitionError'

  constructor(dataDir: string) {
    super(
      `${dataDir} holds no exhibition yet; join one with --join INVITE, or make one with mesh-art exhibition create`,
    )
  }
}
