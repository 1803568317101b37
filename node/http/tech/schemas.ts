import * as v from 'valibot'
import { clientBuckets, lackCauses } from '../../wire/status-health.ts'
import type { AlertKindView, MeshHealthView, NodeHealthView } from '../contracts/tech.ts'

type SchemaOf<T> = v.GenericSchema<unknown, T>

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const languageMap = v.record(v.string(), v.string())
const severity = v.picklist(['problem', 'notice'])

const nodeHealth = v.strictObject({
  uptimeSeconds: count,
  load: v.number(),
  memory: v.strictObject({ availableMiB: count, totalMiB: count, usedMiB: count }),
  temperature: v.exactOptional(v.number()),
  throttled: v.exactOptional(count),
  disk: v.strictObject({
    chunksMiB: count,
    freeMiB: count,
    reserveMiB: count,
    writtenMiB: count,
    errors: count,
    full: v.boolean(),
  }),
  damagedChunks: count,
  strangers: count,
  liars: count,
  droppedStatuses: count,
  clients: v.exactOptional(v.picklist(clientBuckets)),
  clock: count,
  records: count,
  batman: v.exactOptional(v.array(count)),
  draining: v.boolean(),
  identify: v.boolean(),
}) satisfies SchemaOf<NodeHealthView>

export const meshHealthSchema = v.strictObject({
  self: v.string(),
  run: v.string(),
  problems: count,
  notices: count,
  heard: v.strictObject({ nodes: count, of: count }),
  parts: v.array(v.array(v.string())),
  alerts: v.array(
    v.strictObject({
      kind: v.string(),
      severity,
      node: v.string(),
      other: v.exactOptional(v.string()),
      value: v.exactOptional(v.number()),
      sinceSeconds: count,
    }),
  ),
  nodes: v.array(
    v.strictObject({
      id: v.string(),
      name: v.string(),
      place: v.exactOptional(languageMap),
      state: v.picklist(['here', 'neighbour', 'reachable', 'late', 'lost']),
      granted: v.boolean(),
      silentSeconds: v.exactOptional(count),
      version: v.exactOptional(v.string()),
      clockAheadSeconds: v.exactOptional(v.pipe(v.number(), v.integer())),
      works: v.exactOptional(v.strictObject({ complete: count, total: count })),
      sameRecords: v.exactOptional(v.boolean()),
      health: v.exactOptional(nodeHealth),
    }),
  ),
  links: v.array(
    v.strictObject({
      a: v.string(),
      b: v.string(),
      quality: v.picklist(['good', 'fair', 'slow']),
      rttMs: v.exactOptional(v.number()),
      toAKiBps: count,
      toBKiBps: count,
      losses: count,
    }),
  ),
  causes: v.array(v.picklist(lackCauses)),
  works: v.array(
    v.strictObject({
      artist: v.string(),
      slug: v.string(),
      title: languageMap,
      root: v.string(),
      withdrawn: v.boolean(),
      whole: count,
      of: count,
      lacks: v.array(v.tuple([count, count, count, count, count])),
    }),
  ),
  timeline: v.array(
    v.strictObject({
      id: count,
      secondsAgo: count,
      kind: v.string(),
      what: v.exactOptional(v.string()),
      node: v.exactOptional(v.string()),
      done: v.exactOptional(v.boolean()),
      detail: v.exactOptional(v.string()),
    }),
  ),
  lastEvent: count,
  incidents: v.array(
    v.strictObject({ peer: v.string(), name: v.exactOptional(v.string()), reason: v.string(), count }),
  ),
}) satisfies SchemaOf<MeshHealthView>

const words = v.strictObject({ nl: v.string(), en: v.string() })
export const alertKindsSchema = v.strictObject({
  alerts: v.array(
    v.strictObject({
      kind: v.string(),
      severity,
      title: words,
      threshold: words,
      means: words,
      doThis: words,
    }) satisfies SchemaOf<AlertKindView>,
  ),
})
