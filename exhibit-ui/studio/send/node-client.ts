import type {
  ExhibitionView,
  MeshView,
  NodeView,
  Problem,
  RecordView,
  UploadView,
} from '../../../node/http/contract.ts'
import type { ArtistWorkView } from '../../../node/http/contracts/studio.ts'

/** The node answered no. `problem` is its stable code: `disk-full`, `quota`, `withdrawn` … */
export class NodeRefusedError extends Error {
  readonly status: number
  readonly problem: string
  /** One line of the node's own, in English. */
  readonly detail: string

  constructor(status: number, problem: string, detail: string) {
    super(`the node answered ${status} (${problem}) ${detail}`)
    this.status = status
    this.problem = problem
    this.detail = detail
  }
}

/** No answer at all: off, restarting, out of reach. */
export class NodeAwayError extends Error {
  readonly code = 'away'
}

const answerTimeoutMs = 20_000
/** A chunk over a hotspot that others use as well. */
const chunkTimeoutMs = 180_000
const RECORD_TYPE = 'application/vnd.mesh-art.record'

interface How {
  readonly body?: BodyInit
  readonly type?: string
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

async function ask<T>(method: string, path: string, how: How = {}): Promise<T> {
  const limit = AbortSignal.timeout(how.timeoutMs ?? answerTimeoutMs)
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
  if (!response.ok) {
    const { type = '', detail = '', errors = [] } = value as Partial<Problem>
    const lines = [detail, ...errors.map(({ path, message }) => `${path}: ${message}`)].filter(Boolean)
    throw new NodeRefusedError(response.status, type.replace(/^.*\//, ''), lines.join('; '))
  }
  return value as T
}

export interface Announcement {
  readonly root: string
  readonly size: number
  readonly chunks: number
}

/** The part of a node's HTTP interface that the studio uses. */
export const nodeClient = {
  exhibition: () => ask<ExhibitionView>('GET', '/api/v1/exhibition'),
  node: () => ask<NodeView>('GET', '/api/v1/node'),
  mesh: () => ask<MeshView>('GET', '/api/v1/mesh'),
  works: async (did: string) =>
    (await ask<{ artworks: ArtistWorkView[] }>('GET', `/api/v1/artists/${did}/artworks`)).artworks,
  record: (cid: string) => ask<RecordView>('GET', `/api/v1/records/${cid}`),
  announce: (work: Announcement, signal: AbortSignal) =>
    ask<UploadView>('POST', '/api/v1/uploads', {
      type: 'application/json',
      body: JSON.stringify(work),
      signal,
    }),
  putChunk: (root: string, cid: string, body: Blob | Uint8Array<ArrayBuffer>, signal: AbortSignal) =>
    ask<UploadView>('PUT', `/api/v1/uploads/${root}/chunks/${cid}`, {
      type: 'application/octet-stream',
      body,
      signal,
      timeoutMs: chunkTimeoutMs,
    }),
  submit: (sealed: Uint8Array, signal?: AbortSignal) =>
    ask<{ cid: string; created: boolean }>('POST', '/api/v1/records', {
      type: RECORD_TYPE,
      body: sealed as Uint8Array<ArrayBuffer>,
      ...(signal === undefined ? {} : { signal }),
    }),
}
