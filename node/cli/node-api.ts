import { CID } from 'multiformats/cid'
import type {
  ExhibitionView,
  NodeView,
  MeshView,
  Problem,
  UploadView,
  ArtworkSummary,
  RecordView,
} from '../http/contract.ts'
import { CommandError } from './errors.ts'

const REQUEST_TIMEOUT_MS = 30_000
/** One retry after each of these waits, for what a restart or a full queue mends. */
const RETRY_WAITS_MS = [500, 2000, 5000]

/** A node's HTTP interface, as the command line uses it. Every failure is a CommandError that says what to do. */
export class NodeApi {
  readonly base: URL

  constructor(url: string) {
    try {
      this.base = new URL(url)
    } catch (cause) {
      throw new CommandError(`'${url}' is no address of a node; write it as http://HOST:PORT`, { cause })
    }
    if (this.base.protocol !== 'http:' && this.base.protocol !== 'https:') {
      throw new CommandError(`'${url}' is no address of a node; write it as http://HOST:PORT`)
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

  async artworks(): Promise<ArtworkSummary[]> {
    return (await this.#json<{ artworks: ArtworkSummary[] }>('GET', 'api/v1/artworks')).artworks
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

  async submit(sealed: Uint8Array): Promise<{ cid: string; created: boolean }> {
    return this.#json('POST', 'api/v1/records', { type: 'application/vnd.mesh-art.record', body: sealed })
  }

  async openUpload(upload: { root: string; size: number; chunks: number }): Promise<UploadView> {
    return this.#json('POST', 'api/v1/uploads', { type: 'application/json', body: JSON.stringify(upload) })
  }

  async upload(root: string): Promise<UploadView> {
    return this.#json('GET', `api/v1/uploads/${root}`)
  }

  async putChunk(root: string, cid: CID, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const path = `api/v1/uploads/${root}/chunks/${cid.toString()}`
    await this.#request('PUT', path, { type: 'application/octet-stream', body: bytes }, signal)
  }

  async #json<T>(method: string, path: string, content?: Content): Promise<T> {
    const response = await this.#request(method, path, content)
    try {
      return (await response.json()) as T
    } catch (cause) {
      throw new CommandError(`${this.base.origin} answered, but not as a node of a Mesh Art Network does`, {
        cause,
      })
    }
  }

  async #request(method: string, path: string, content?: Content, signal?: AbortSignal): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const wait = RETRY_WAITS_MS[attempt]
      try {
        const response = await this.#once(method, path, content, signal)
        if (response.ok) return response
        if (wait === undefined || ![429, 502, 503, 504].includes(response.status))
          throw await this.#refusal(response)
      } catch (err) {
        if (err instanceof CommandError || wait === undefined || signal?.aborted === true) {
          throw err instanceof CommandError ? err : this.#unreachable(err)
        }
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }

  async #once(method: string, path: string, content?: Content, signal?: AbortSignal): Promise<Response> {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
    return fetch(new URL(path, this.base.href.endsWith('/') ? this.base : `${this.base.href}/`), {
      method,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      ...(content === undefined
        ? {}
        : { headers: { 'content-type': content.type }, body: content.body as BodyInit }),
    })
  }

  async #refusal(response: Response): Promise<CommandError> {
    const problem = (await response.json().catch(() => null)) as Problem | null
    const errors = problem?.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ')
    const said = [problem?.title, problem?.detail, errors].filter(Boolean).join(': ')
    return new CommandError(`the node refused (${response.status}): ${said || response.statusText}`)
  }

  #unreachable(cause: unknown): CommandError {
    return new CommandError(
      `no node answers at ${this.base.origin}; is it running, and is this computer on its network?`,
      {
        cause,
      },
    )
  }
}

interface Content {
  readonly type: string
  readonly body: string | Uint8Array
}
