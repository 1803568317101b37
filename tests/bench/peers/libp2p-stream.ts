import { randomFillSync } from 'node:crypto'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { startMeter } from './stream-result.ts'

/** `receive`, or `send ADDRESS BYTES`: bytes over one libp2p stream with noise and yamux as they come, nothing done to them. */
const PROTOCOL = '/mesh-art-bench/1'
const PIECE_BYTES = 256 * 1024
const [role, address = '', amount] = process.argv.slice(2)

const host = await createLibp2p({
  addresses: { listen: role === 'receive' ? ['/ip4/127.0.0.1/tcp/0'] : [] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
})

if (role === 'receive') {
  await host.handle(PROTOCOL, async (stream) => {
    let stop: ReturnType<typeof startMeter> | undefined
    let bytes = 0
    for await (const piece of stream) {
      stop ??= startMeter()
      bytes += piece.byteLength
    }
    console.log(JSON.stringify(stop?.(bytes)))
    await stream.close()
    await host.stop()
  })
  console.log(host.getMultiaddrs()[0]?.toString())
} else {
  const stream = await host.dialProtocol(multiaddr(address), PROTOCOL)
  const piece = randomFillSync(Buffer.allocUnsafe(PIECE_BYTES))
  const bytes = Number(amount)
  const stop = startMeter()
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!stream.send(piece)) await stream.onDrain()
  }
  // The other side ends its own when it has it all.
  const taken = new Promise((resolve) => stream.addEventListener('remoteCloseWrite', resolve, { once: true }))
  await stream.close()
  await taken
  console.log(JSON.stringify(stop(bytes)))
  await host.stop()
}
