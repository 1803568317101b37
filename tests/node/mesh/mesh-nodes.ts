import type { Ed25519PrivateKey } from '@libp2p/interface'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { Catalogue } from '../../../artworks/format/catalogue.ts'
import type { Did } from '../../../artworks/format/did-key.ts'
import { ServiceStack } from '../../../node/lifecycle/service-stack.ts'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import type { NodeEventBus } from '../../../node/lifecycle/events.ts'
import { Mesh } from '../../../node/mesh/mesh.ts'
import { IntakeDoor } from '../../../node/store/intake-door.ts'
import { MemoryChunkStore } from '../../../node/store/memory-chunk-store.ts'
import { MemoryRecordStore } from '../../../node/store/memory-record-store.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'
import { RecordKeeper } from '../../../node/store/record-keeper.ts'
import { startContent } from '../../../node/store/start-content.ts'
import {
  didOf,
  exhibitionBody,
  exhibitionId,
  keyNumber,
  sealed,
  steward,
} from '../../artworks/format/samples.ts'

export interface MeshNode extends Awaited<ReturnType<typeof startContent>> {
  readonly did: Did
  readonly key: Ed25519PrivateKey
  readonly mesh: Mesh
  readonly catalogue: Catalogue
  readonly keeper: RecordKeeper
  readonly chunks: MemoryChunkStore
  readonly events: NodeEventBus
  readonly state: MeshState
  readonly door: IntakeDoor
}

/**
 * Granted nodes of one exhibition in this process, on loopback, each connected to the one before it: the mesh with all its
 * protocols, on stores in memory. Stopped when the test ends.
 */
export async function lineOfNodes(
  count: number,
  exhibition: Parameters<typeof exhibitionBody>[0] = {},
): Promise<MeshNode[]> {
  const keys = await Promise.all(Array.from({ length: count }, (_, i) => keyNumber(100 + i)))
  const records = [
    await sealed(exhibitionBody(exhibition), steward),
    ...(await Promise.all(
      keys.map((key, i) =>
        sealed(
          { kind: 'node-grant', v: 1, exhibition: exhibitionId, node: didOf(key), name: `n${i}` },
          steward,
        ),
      ),
    )),
  ]
  const nodes: MeshNode[] = []
  for (const key of keys) {
    const before = nodes.at(-1)
    const node = await startNode(
      key,
      records.map(({ bytes }) => bytes),
      before?.mesh.addresses() ?? [],
    )
    nodes.push(node)
  }
  return nodes
}

async function startNode(
  key: Ed25519PrivateKey,
  records: readonly Uint8Array[],
  peers: readonly string[],
): Promise<MeshNode> {
  const stack = new ServiceStack()
  onTestFinished(() => stack.stop())
  const events = createEventBus()
  const logger = pino({ level: 'silent' })
  const catalogue = new Catalogue(exhibitionId)
  const keeper = new RecordKeeper(new MemoryRecordStore(), catalogue, events)
  for (const record of records) await keeper.accept(record, null, 'local')
  const chunks = new MemoryChunkStore()
  const content = await startContent({ catalogue, chunks, events, logger }, stack)
  const state = new MeshState()
  const did = didOf(key)
  const mesh = new Mesh({
    key,
    stewardKey: null,
    self: { did, name: did.slice(-4), version: 'test' },
    catalogue,
    keeper,
    chunks,
    ...content,
    state,
    events,
    logger,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    peers,
    mdns: false,
    steadyNowMs: () => performance.now(),
    budget: defaultQuietBudget,
    random: Math.random,
  })
  await mesh.start()
  stack.onStop(() => mesh.stop())
  const door = new IntakeDoor({ keeper, holdings: content.holdings, nodeKey: key })
  return { did, key, mesh, catalogue, keeper, chunks, events, ...content, state, door }
}
