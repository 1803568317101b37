import type { StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import { AbstractStreamMuxer } from '@libp2p/utils'
import { TokenBuckets } from '../replication/token-buckets.ts'
import { fewWindowUpdates } from './few-window-updates.ts'
import { meshLimits } from './limits.ts'

/**
 * A muxer whose other side may open only so many streams in a time: a node needs a few on connecting and one now and then, and each
 * costs its victim a negotiation. A connection on which more are opened is ended. Streams of both ends tell their windows seldom.
 */
export function meteredMuxer<Components>(
  factoryOf: (components: Components) => StreamMuxerFactory,
): (components: Components) => StreamMuxerFactory {
  return (components) => {
    const factory = factoryOf(components)
    return {
      protocol: factory.protocol,
      createStreamMuxer: (connection) => {
        const muxer: StreamMuxer = factory.createStreamMuxer(connection)
        // Not by its event: a listener would make it drop what comes before libp2p itself listens.
        if (!(muxer instanceof AbstractStreamMuxer)) throw new TypeError('a muxer that cannot be metered')
        const metered = muxer as AbstractStreamMuxer
        const opened = new TokenBuckets({
          burst: meshLimits.streamBurst,
          perSecond: meshLimits.streamsPerSecond,
        })
        const onRemoteStream = metered.onRemoteStream.bind(metered)
        metered.onRemoteStream = (stream) => {
          if (opened.take('', performance.now())) {
            fewWindowUpdates(stream)
            onRemoteStream(stream)
            return
          }
          const reason = new Error('more streams opened than a node needs')
          stream.abort(reason)
          connection.abort(reason)
        }
        const createStream = metered.createStream.bind(metered)
        metered.createStream = async (options) => {
          const stream = await createStream(options)
          fewWindowUpdates(stream)
          return stream
        }
        return muxer
      },
    }
  }
}
