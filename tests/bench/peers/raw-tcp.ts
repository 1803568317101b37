import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { startMeter } from './stream-result.ts'

/** `receive`, or `send PORT BYTES`: bytes over a plain socket, nothing done to them. */
const PIECE_BYTES = 256 * 1024
const [role, port, amount] = process.argv.slice(2)

if (role === 'receive') {
  const server = createServer((socket) => {
    server.close()
    let stop: ReturnType<typeof startMeter> | undefined
    let bytes = 0
    socket.on('data', (piece: Buffer) => {
      stop ??= startMeter()
      bytes += piece.length
    })
    socket.once('end', () => {
      console.log(JSON.stringify(stop?.(bytes)))
      socket.end()
    })
  })
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
} else {
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const piece = randomFillSync(Buffer.allocUnsafe(PIECE_BYTES))
  const bytes = Number(amount)
  const stop = startMeter()
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!socket.write(piece)) await once(socket, 'drain')
  }
  socket.end()
  socket.resume()
  await once(socket, 'close')
  console.log(JSON.stringify(stop(bytes)))
}
