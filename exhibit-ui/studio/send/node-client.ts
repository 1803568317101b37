import { putBytes } from './put-bytes.ts'
import { NodeAwayError, refusalOf } from './node-errors.ts'
import type {
  ExhibitionView,
  MeshView,
  NodeView,
  RecordView,
  UploadView,
} from '../../../node/http/contract.ts'
import type { MeshHealthView } from '../../../node/http/contracts/tech.ts'
import type { ArtistWorkView, RoomView, WithdrawalView } from '../../../node/http/contracts/studio.ts'

const answerTimeoutMs = 20_000
const RECORD_TYPE = 'application/vnd.mesh-art.record'

interface How {
  readonly body?: BodyInit
  readonly type?: string
  readonly signal?: AbortSignal
}

async function ask<T>(method: string, path: string, how: How = {}): Promise<T> {
  const limit = AbortSignal.timeout(answerTimeoutMs)
  let response: Response
  let value: unknown
  try {
    response = await fetch(path, {
      method,
      credentials: 'omit',
      signal: how.signal === undefined ? limit : AbortSignal.any([limit, how.signal]),
      headers: {
        accept: 'application/json',
        ...(how.type === undefined ? {} : { 'content-type': how.type }),
      },
      ...(how.body === undefined ? {} : { body: how.body }),
    })
    value = await response.json()
  } catch (cause) {
    if (how.signal?.aborted === true) throw cause
    throw new NodeAwayError(path, { cause })
  }
  if (!response.ok) throw refusalOf(response.status, value)
  return value as T
}

export interface Announcement {
  readonly artist: string
  readonly slug: string
  readonly root: string
  readonly size: number
  readonly chunks: number
}

/** The part of a node's HTTP interface that the studio uses. */
export const nodeClient = {
  exhibition: () => ask<ExhibitionView>('GET', '/api/v1/exhibition'),
  node: () => ask<NodeView>('GET', '/api/v1/node'),
  health: () => ask<MeshHealthView>('GET', '/api/v1/mesh/health'),
  mesh: () => ask<MeshView>('GET', '/api/v1/mesh'),
  works: async (did: string) =>
    (await ask<{ artworks: ArtistWorkView[] }>('GET', `/api/v1/artists/${did}/artworks`)).artworks,
  withdrawal: (did: string, slug: string) => ask<WithdrawalView>('GET', `/api/v1/withdrawals/${did}/${slug}`),
  record: (cid: string) => ask<RecordView>('GET', `/api/v1/records/${cid}`),
  /** Whether a work of this size would be taken in now; throws why not. */
  room: (work: { artist: string; slug: string; size: number }) =>
    ask<RoomView>(
      'GET',
      `/api/v1/uploads?${new URLSearchParams({ ...work, size: String(work.size) }).toString()}`,
    ),
  announce: (work: Announcement, signal: AbortSignal) =>
    ask<UploadView>('POST', '/api/v1/uploads', {
      type: 'application/json',
      body: JSON.stringify(work),
      signal,
    }),
  putChunk: (root: string, cid: string, body: Blob | Uint8Array<ArrayBuffer>, signal: AbortSignal) =>
    putBytes<UploadView>(`/api/v1/uploads/${root}/chunks/${cid}`, body, signal),
  submit: (sealed: Uint8Array, signal?: AbortSignal) =>
    ask<{ cid: string; created: boolean }>('POST', '/api/v1/records', {
      type: RECORD_TYPE,
      body: sealed as Uint8Array<ArrayBuffer>,
      ...(signal === undefined ? {} : { signal }),
    }),
}
