import type { RecordView } from '../../node/http/contract.ts'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'
import { CheckFailedError } from './check-report.ts'
import type { CheckReport, CheckStep } from './check-report.ts'
import { checkWork } from './check-work.ts'
import type { ToCheck } from './check-work.ts'

/** A worker of its own: hashing a film keeps no page from scrolling. Ended by the page when it is cancelled. */
const tellEveryMs = 150

async function answered(path: string, step: CheckStep, cache: RequestCache): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'omit', cache })
  } catch (cause) {
    throw new CheckFailedError(step, 'no-answer', path, { cause })
  }
  if (!response.ok) throw new CheckFailedError(step, 'no-answer', `${path} (${response.status})`)
  return response
}

async function json<T>(path: string): Promise<T> {
  const response = await answered(path, 'records', 'no-store')
  try {
    return (await response.json()) as T
  } catch (cause) {
    throw new CheckFailedError('records', 'no-answer', path, { cause })
  }
}

async function* stream(path: string): AsyncGenerator<Uint8Array> {
  const { body } = await answered(path, 'files', 'force-cache')
  const reader = body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (cause) {
    throw new CheckFailedError('files', 'no-answer', path, { cause })
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function check(asked: ToCheck): Promise<CheckReport> {
  const { artist, slug, page } = asked
  const work = `/api/v1/artworks/${artist}/${encodeURIComponent(slug)}`
  let toldMs = 0
  return checkWork(
    asked,
    {
      provenance: () => json<ProvenanceView>(`${work}/provenance`),
      record: (cid) => json<RecordView>(`/api/v1/records/${encodeURIComponent(cid)}`),
      block: async (cid) => {
        const response = await answered(`/ipfs/${cid}?format=raw`, 'files', 'force-cache')
        try {
          return new Uint8Array(await response.arrayBuffer())
        } catch (cause) {
          throw new CheckFailedError('files', 'no-answer', cid, { cause })
        }
      },
      file: (path) => stream(`/works/${page.root}/${path.split('/').map(encodeURIComponent).join('/')}`),
    },
    (report) => {
      const nowMs = performance.now()
      if (report.verdict === 'running' && nowMs - toldMs < tellEveryMs) return
      toldMs = nowMs
      self.postMessage(report, {})
    },
  )
}

self.addEventListener('message', (event: MessageEvent<ToCheck>) => {
  check(event.data).then(
    (report) => self.postMessage(report, {}),
    // `checkWork` answers for whatever the node does; what is left is a fault of this program, and no verdict.
    (error: unknown) => {
      throw error
    },
  )
})
