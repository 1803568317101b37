import type { Did } from '../../artworks/format/did-key.ts'
import { setTimeout } from 'node:timers/promises'
import type { CID } from 'multiformats/cid'
import type {
  ExhibitionView,
  NodeView,
  MeshView,
  Problem,
  UploadView,
  ArtworkSummary,
  RecordView,
} from '../http/contract.ts'
import type { SubmissionsView, SubmissionView } from '../http/contracts/curate.ts'
import type { ArtworksView } from '../http/contracts/search.ts'
import type { AlertKindView, MeshHealthView } from '../http/contracts/tech.ts'
import { CommandError, UsageError } from './errors.ts'

const REQUEST_TIMEOUT_MS = 30_000
/** A chunk on a busy hotspot, beside others. */
const CHUNK_TIMEOUT_MS = 180_000
/** While a work is being brought in: one retry after each of these waits, for what a restart or a full queue mends. */
const RETRY_WAITS_MS = [500, 2000, 5000]
const RETRIED_STATUS = new Set([429, 502, 503, 504])

/** Parts that a list of all works is read in: a bound on a node that says 'more' without end. */
const MOST_ANSWERS = 40

/** What a node answered instead of doing it. */
export class NodeRefusal extends CommandError {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A node's HTTP interface, as the command line uses it. Every failure is a CommandError that says what to do. */
export class NodeApi {
  /** Ends in a slash. */
  readonly base: URL
  readonly #onRetry: (why: string) => void

  constructor(url: string, onRetry: (why: string) => void = () => undefined) {
    this.#onRetry = onRetry
    try {
      this.base = new URL(url)
    } catch (cause) {
      throw notAnAddress(url, cause)
    }
    if (!this.base.href.endsWith('/')) this.base = new URL(`${this.base.href}/`)
    if (this.base.protocol !== 'http:' && this.base.protocol !== 'https:') {
      throw notAnAddress(url)
    }
  }

  exhibition(): Promise<ExhibitionView> {
    return this.#json('GET', 'api/v1/exhibition')
  }

  node(): Promise<NodeView> {
    return this.#json('GET', 'api/v1/node')
  }

  mesh(): Promise<MeshView> {
    return this.#json('GET', 'api/v1/mesh')
  }

  health(): Promise<MeshHealthView> {
    return this.#json('GET', 'api/v1/mesh/health')
  }

  async alertKinds(): Promise<AlertKindView[]> {
    return (await this.#json<{ alerts: AlertKindView[] }>('GET', 'api/v1/mesh/alerts')).alerts
  }

  async artworks(): Promise<ArtworkSummary[]> {
    const all: ArtworkSummary[] = []
    let address: string | undefined = 'api/v1/artworks'
    for (let answer = 0; address !== undefined && answer < MOST_ANSWERS; answer += 1) {
      const { artworks, next }: ArtworksView = await this.#json<ArtworksView>('GET', address)
      all.push(...artworks)
      address = next?.replace(/^\//, '')
    }
    return all
  }

  async *records(kind: string): AsyncGenerator<RecordView> {
    for (let after = ''; ;) {
      const query = new URLSearchParams({ kind, ...(after === '' ? {} : { after }) })
      const page = await this.#json<{ records: RecordView[]; next: string | null }>(
        'GET',
        `api/v1/records?${query}`,
      )
      yield* page.records
      if (page.next === null) return
      after = page.next
    }
  }

  record(cid: string): Promise<RecordView> {
    return this.#json('GET', `api/v1/records/${encodeURIComponent(cid)}`)
  }

  /** All that waits for curators, page by page. */
  async *submissions(): AsyncGenerator<SubmissionView> {
    for (let after = ''; ;) {
      const query = after === '' ? '' : `?${new URLSearchParams({ after })}`
      const page = await this.#json<SubmissionsView>('GET', `api/v1/submissions${query}`)
      yield* page.submissions
      if (page.next === null) return
      after = page.next
    }
  }

  async submit(sealed: Uint8Array): Promise<{ cid: string; created: boolean }> {
    const body = sealed as Uint8Array<ArrayBuffer>
    return this.#json('POST', 'api/v1/records', { type: 'application/vnd.mesh-art.record', body }, patient)
  }

  async openUpload(upload: {
    root: string
    size: number
    chunks: number
    artist: Did
    slug: string
  }): Promise<UploadView> {
    const body = JSON.stringify(upload)
    return this.#json('POST', 'api/v1/uploads', { type: 'application/json', body }, patient)
  }

  async upload(root: string): Promise<UploadView> {
    return this.#json('GET', `api/v1/uploads/${root}`, undefined, patient)
  }

  async putChunk(root: string, cid: CID, bytes: Uint8Array, signal: AbortSignal): Promise<UploadView> {
    const path = `api/v1/uploads/${root}/chunks/${cid.toString()}`
    const content = { type: 'application/octet-stream', body: bytes as Uint8Array<ArrayBuffer> }
    return this.#json('PUT', path, content, { isPatient: true, timeoutMs: CHUNK_TIMEOUT_MS, signal })
  }

  async #json<T>(method: string, path: string, content?: Content, how: How = {}): Promise<T> {
    const response = await this.#request(method, path, content, how)
    let value: unknown
    try {
      value = await response.json()
    } catch (cause) {
      if (how.signal?.aborted === true) throw cause
      throw this.#notANode(cause)
    }
    // What it says of itself is taken for true, but not that it is a node at all: a portal answers everything with a page.
    if (typeof value !== 'object' || value === null) throw this.#notANode()
    return value as T
  }

  async #request(method: string, path: string, content: Content | undefined, how: How): Promise<Response> {
    const waits = how.isPatient === true ? RETRY_WAITS_MS : []
    for (let attempt = 0; ; attempt++) {
      const wait = waits[attempt]
      let why: string
      try {
        const response = await this.#once(method, path, content, how)
        if (response.ok) return response
        if (wait === undefined || !RETRIED_STATUS.has(response.status)) throw await this.#refusal(response)
        await response.body?.cancel()
        why = 'the node is busy'
      } catch (err) {
        if (err instanceof CommandError || how.signal?.aborted === true) throw err
        if (wait === undefined) throw this.#unreachable(err)
        why = 'the node does not answer'
      }
      this.#onRetry(`${why}; trying again …`)
      await setTimeout(wait, undefined, how.signal === undefined ? {} : { signal: how.signal })
    }
  }

  async #once(method: string, path: string, content: Content | undefined, how: How): Promise<Response> {
    const timeout = AbortSignal.timeout(how.timeoutMs ?? REQUEST_TIMEOUT_MS)
    return fetch(new URL(path, this.base), {
      method,
      signal: how.signal === undefined ? timeout : AbortSignal.any([timeout, how.signal]),
      ...(content === undefined ? {} : { headers: { 'content-type': content.type }, body: content.body }),
    })
  }

  async #refusal(response: Response): Promise<CommandError> {
    const problem = (await response.json().catch(() => null)) as Problem | null
    if (typeof problem?.title !== 'string') return this.#notANode()
    const errors = problem.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ')
    const said = [problem.title, problem.detail, errors].filter(Boolean).join(': ')
    return new NodeRefusal(response.status, `the node refused (${response.status}): ${said}`)
  }

  #notANode(cause?: unknown): CommandError {
    return new CommandError(
      `${this.base.href} answers, but not as a node of a Mesh Art Network; is the address right?`,
      { cause },
    )
  }

  #unreachable(cause: unknown): CommandError {
    return new CommandError(
      `no node answers at ${this.base.href}; is it running, and is this computer on its network?`,
      { cause },
    )
  }
}

interface Content {
  readonly type: string
  readonly body: string | Uint8Array<ArrayBuffer>
}

interface How {
  /** Tries again when the node restarts or is busy. */
  readonly isPatient?: boolean
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const patient: How = { isPatient: true }

function notAnAddress(url: string, cause?: unknown): UsageError {
  return new UsageError(`'${url}' is no address of a node; write it as http://HOST:PORT`, { cause })
}
