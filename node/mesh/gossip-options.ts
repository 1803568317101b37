import type { GossipsubOpts } from '@chainsafe/libp2p-gossipsub'
import { sha256 } from '@noble/hashes/sha2.js'
import { wireLimits } from '../wire/limits.ts'
import type { QuietBudget } from './quiet-budget.ts'

/** Bytes of a message's id: enough that nobody finds two messages of one id, half of what they cost in every offer. */
const MESSAGE_ID_BYTES = 16

/**
 * One topic's share of a neighbour's score. Traffic is sparse (minutes may pass without a record), so a neighbour is not blamed for
 * what it did not deliver; it is thanked a little for what it delivered first, and blamed for what is invalid. Invalid messages are
 * also an incident, for which membership cuts it off (record-gossip.ts, status-gossip.ts).
 */
const topicScore = {
  topicWeight: 1,
  timeInMeshWeight: 0.01,
  timeInMeshQuantum: 1_000,
  timeInMeshCap: 300,
  firstMessageDeliveriesWeight: 0.5,
  firstMessageDeliveriesDecay: 0.9,
  firstMessageDeliveriesCap: 20,
  meshMessageDeliveriesWeight: 0,
  // Without a weight, the rest of these says nothing; the type wants it.
  meshMessageDeliveriesDecay: 0.5,
  meshMessageDeliveriesCap: 1,
  meshMessageDeliveriesThreshold: 1,
  meshMessageDeliveriesWindow: 10,
  meshMessageDeliveriesActivation: 5_000,
  meshFailurePenaltyWeight: 0,
  meshFailurePenaltyDecay: 0.5,
  invalidMessageDeliveriesWeight: -20,
  invalidMessageDeliveriesDecay: 0.97,
}

/** Gossip of a few topics among tens of neighbours on radio: few copies, few offers, and everything a peer sends bounded. */
export function gossipOptions(topics: readonly string[], budget: QuietBudget): Partial<GossipsubOpts> {
  return {
    // Records and statuses carry their own signature; a second one would only cost bytes.
    globalSignaturePolicy: 'StrictNoSign',
    // Of the content alone: the same record is the same message, whoever sends it.
    msgIdFn: (message) => sha256(message.data).subarray(0, MESSAGE_ID_BYTES),
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    emitSelf: false,
    doPX: false,
    asyncValidation: false,
    // Each message goes to three neighbours, and from them on; what is lost on the way, an offer or a sync brings.
    floodPublish: false,
    D: 3,
    Dlo: 2,
    Dhi: 5,
    Dscore: 2,
    Dout: 1,
    Dlazy: 1,
    gossipFactor: 0,
    heartbeatInterval: budget.gossipHeartbeatMs,
    mcacheLength: 4,
    mcacheGossip: 1,
    allowedTopics: [...topics],
    maxTopicBytesPerPeer: 8 * 1024,
    maxInboundStreams: 2,
    maxInboundDataLength: 4 * wireLimits.gossipRecordBytes,
    maxOutboundBufferSize: 32 * wireLimits.gossipRecordBytes,
    decodeRpcLimits: {
      maxSubscriptions: 8,
      maxMessages: 256,
      maxIhaveMessageIDs: 512,
      maxIwantMessageIDs: 512,
      maxIdontwantMessageIDs: 512,
      maxControlMessages: 64,
      maxPeerInfos: 0,
    },
    scoreParams: {
      topics: Object.fromEntries(topics.map((topic) => [topic, topicScore])),
      // Many nodes on one machine are a demo, and strangers never get here.
      IPColocationFactorWeight: 0,
    },
    scoreThresholds: { gossipThreshold: -10, publishThreshold: -50, graylistThreshold: -80 },
  }
}
