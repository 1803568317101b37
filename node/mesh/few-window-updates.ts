import type { Stream } from '@libp2p/interface'
import { StreamState, YamuxStream } from '@libp2p/yamux/stream'

/** What a stream may be sent: bytes in all, and bytes left. */
interface ReceiveWindow {
  readonly recvWindow: number
  readonly recvWindowCapacity: number
}

/**
 * Has a stream tell its other end how much more it may send once half of its window is used, as other implementations of yamux do, and
 * not after every frame: that would be a packet for each short message, on radios that are slow by the packet.
 * @throws {TypeError} for a stream that is not yamux's, or keeps its window elsewhere
 */
export function fewWindowUpdates(stream: Stream): void {
  if (!(stream instanceof YamuxStream)) throw new TypeError('a stream that is not of yamux')
  const receiving = stream as unknown as ReceiveWindow
  if (typeof receiving.recvWindow !== 'number' || typeof receiving.recvWindowCapacity !== 'number')
    throw new TypeError('a stream of yamux without a window')
  const update = stream.sendWindowUpdate.bind(stream)
  stream.sendWindowUpdate = () => {
    const { recvWindow, recvWindowCapacity } = receiving
    // The first one opens the stream, or says that it is open.
    const isOpening = stream.state === StreamState.Init || stream.state === StreamState.SYNReceived
    if (isOpening || recvWindow - recvWindowCapacity >= recvWindow / 2) update()
  }
}
