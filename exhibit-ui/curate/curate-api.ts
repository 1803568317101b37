import type { ArtworkDetail, Problem, RecordView } from '../../node/http/contract.ts'
import type { SubmissionsView, SubmissionView } from '../../node/http/contracts/curate.ts'
import { NoAnswerError } from '../api/client.ts'

/** What the node said instead of doing it, in its own words. */
export class NodeSaidNoError extends Error {
  readonly status: number
  readonly problem: string

  constructor(status: number, { type = '', title = '', detail = '' }: Partial<Problem>) {
    super([title, detail].filter((part) => part !== '').join(': '))
    this.status = status
    this.problem = type.replace(/^.*\//, '')
  }
}

const recordType = 'application/vnd.mesh-art.record'
/** A curator may wait for what is on another node. */
const answerTimeoutMs = 30_000
/** Pages of the queue that are asked for: more than anybody reads. */
const queuePages = 20

export interface Queue {
  readonly view: SubmissionsView
  readonly submissions: readonly SubmissionView[]
}

export async function fetchQueue(): Promise<Queue> {
  let view = await ask<SubmissionsView>('/api/v1/submissions')
  const submissions = [...view.submissions]
  for (let page = 1; view.next !== null && page < queuePages; page += 1) {
    view = await ask<SubmissionsView>(`/api/v1/submissions?after=${encodeURIComponent(view.next)}`)
    submissions.push(...view.submissions)
  }
  return { view, submissions }
}

export const fetchRecord = (cid: string): Promise<RecordView> => ask(`/api/v1/records/${cid}`)

export const fetchLookWord = (): Promise<{ node: string; word: string }> => ask('/api/v1/previews')

export const openLook = (sealed: Uint8Array): Promise<ArtworkDetail> => ask('/api/v1/previews', sealed)

export const sendRecord = (sealed: Uint8Array): Promise<{ cid: string; created: boolean }> =>
  ask('/api/v1/records', sealed)

async function ask<T>(path: string, sealed?: Uint8Array): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, {
      credentials: 'omit',
      signal: AbortSignal.timeout(answerTimeoutMs),
      ...(sealed === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': recordType },
            body: sealed as Uint8Array<ArrayBuffer>,
          }),
    })
  } catch (error) {
    throw new NoAnswerError(path, { cause: error })
  }
  let value: unknown
  try {
    value = await response.json()
  } catch (error) {
    // Cut off half-way, or something between that is no node.
    throw new NoAnswerError(path, { cause: error })
  }
  if (!response.ok) throw new NodeSaidNoError(response.status, value as Partial<Problem>)
  return value as T
}
