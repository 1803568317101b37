import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, Stream } from '@libp2p/interface'
import { createHost } from '../../../node/mesh/host.ts'
import { defaultQuietBudget } from '../../../node/mesh/quiet-budget.ts'
import type { MeshHost } from '../../../node/mesh/host.ts'
import { exhibitionId } from '../../artworks/format/samples.ts'

/** A real libp2p host on loopback, with nothing on it but libp2p's own protocols. */
export async function plainHost(): Promise<MeshHost> {
  const host = await createHost({
    key: await generateKeyPair('Ed25519'),
    exhibition: exhibitionId,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    mdns: false,
    budget: defaultQuietBudget,
    version: 'test',
    guard: (registrar) => registrar,
    isBanned: () => false,
  })
  await host.start()
  return host
}

/** The two ends of one stream between two hosts. */
export async function connectedStreams(
  from: MeshHost,
  to: MeshHost,
): Promise<{ near: Stream; far: Stream; connection: Connection }> {
  const arrived = Promise.withResolvers<Stream>()
  await to.handle('/test/1', (stream) => arrived.resolve(stream), { force: true })
  const connection = await from.dial(to.getMultiaddrs())
  const near = await connection.newStream('/test/1')
  return { near, far: await arrived.promise, connection }
}
