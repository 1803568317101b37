import type {
  ArtworkDetail,
  ArtworkSummary,
  ExhibitionView,
  MeshView,
  Problem,
} from '../../node/http/contract.ts'
import type { ProvenanceView } from '../../node/http/contracts/curate.ts'
import type { ArtworksView, WorksFound } from '../../node/http/contracts/search.ts'
import { takeBrought } from './brought-answers.ts'

/** The node answered, and the answer was no. A node that does not answer at all gives `NoAnswerError`. */
export class RefusedError extends Error {
  readonly code = 'refused'
  readonly status: number
  /** Last part of the problem's `type`: `withdrawn`, `removed`, `not-found` … */
  readonly problem: string

  constructor(status: number, problem: string) {
    super(`the node answered ${status} (${problem})`)
    this.status = status
    this.problem = problem
  }
}

export class NoAnswerError extends Error {
  readonly code = 'no-answer'
}

const answerTimeoutMs = 15_000

async function get(path: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const limit = AbortSignal.timeout(answerTimeoutMs)
  let response: Response
  try {
    response = await fetch(path, {
      headers: { accept },
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      credentials: 'omit',
    })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new NoAnswerError(path, { cause: error })
  }
  if (!response.ok) throw new RefusedError(response.status, await problemCode(response))
  return response
}

async function problemCode(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as Partial<Problem>
    return (problem.type ?? '').replace(/^.*\//, '')
  } catch {
    // Not a problem document, for instance from a proxy: the status says enough.
    return ''
  }
}

/** @param path of an answer of the interface, in the form its contract says */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const brought = takeBrought(path)
  if (brought !== undefined) return brought as T
  const response = await get(path, 'application/json', signal)
  try {
    return (await response.json()) as T
  } catch (error) {
    // Cut off half-way: to the visitor the same as no answer.
    throw new NoAnswerError(path, { cause: error })
  }
}

export const fetchExhibition = (signal?: AbortSignal): Promise<ExhibitionView> =>
  getJson('/api/v1/exhibition', signal)

/** Answers that are read one after the other for a list of all works: more hang nowhere. */
const mostAnswers = 40

/** Every work shown. */
export async function fetchArtworks(signal?: AbortSignal): Promise<ArtworkSummary[]> {
  const all: ArtworkSummary[] = []
  let address: string | undefined = '/api/v1/artworks'
  for (let answer = 0; address !== undefined && answer < mostAnswers; answer += 1) {
    const { artworks, next }: ArtworksView = await getJson<ArtworksView>(address, signal)
    all.push(...artworks)
    address = next
  }
  return all
}

/** @param address `/api/v1/search` with what is asked */
export const fetchFound = (address: string, signal?: AbortSignal): Promise<WorksFound> =>
  getJson(address, signal)

const artworkPath = (artist: string, slug: string): string =>
  `/api/v1/artworks/${encodeURIComponent(artist).replaceAll('%3A', ':')}/${encodeURIComponent(slug)}`

export const fetchArtwork = (artist: string, slug: string, signal?: AbortSignal): Promise<ArtworkDetail> =>
  getJson(artworkPath(artist, slug), signal)

/** How a work came here, as far as the node knows. */
export const fetchProvenance = (
  artist: string,
  slug: string,
  signal?: AbortSignal,
): Promise<ProvenanceView> => getJson(`${artworkPath(artist, slug)}/provenance`, signal)

/** @param works whose spread is of use: of all, of none, or of the version with this root */
export const fetchMesh = (works: string, signal?: AbortSignal): Promise<MeshView> =>
  getJson(`/api/v1/mesh?works=${works}`, signal)

/** A text file of a work. */
export const fetchText = async (url: string, signal?: AbortSignal): Promise<string> =>
  (await get(url, 'text/plain, text/markdown, */*', signal)).text()

/** A file of a work as bytes: as long as it takes, until the visitor goes elsewhere. */
export async function fetchBytes(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal, credentials: 'omit' })
  if (!response.ok) throw new RefusedError(response.status, await problemCode(response))
  return response.arrayBuffer()
}
