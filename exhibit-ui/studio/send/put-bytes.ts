import { NodeAwayError, refusalOf } from './node-errors.ts'

/** Bytes that do not move for this long are not on their way: the phone has left the hotspot, or the node is off. */
const stalledAfterMs = 15_000

/**
 * Brings bytes by PUT. With XMLHttpRequest, since `fetch` does not tell whether anything moves: a slow connection is given all
 * the time it needs, and a dead one is told from it.
 * @throws {NodeRefusedError} @throws {NodeAwayError}
 */
export function putBytes<T>(
  path: string,
  body: Blob | Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let stall: ReturnType<typeof setTimeout> | undefined
    const away = (): void => reject(new NodeAwayError(path))
    const moved = (): void => {
      clearTimeout(stall)
      stall = setTimeout(() => {
        away()
        request.abort()
      }, stalledAfterMs)
    }
    const stop = (): void => {
      reject(signal.reason as Error)
      request.abort()
    }
    request.open('PUT', path)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', moved)
    request.upload.addEventListener('load', moved)
    request.addEventListener('error', away)
    request.addEventListener('load', () => {
      try {
        const value: unknown = JSON.parse(request.responseText)
        if (request.status >= 200 && request.status < 300) resolve(value as T)
        else reject(refusalOf(request.status, value))
      } catch {
        // Cut off half-way, or the answer of something that is no node: as good as none.
        away()
      }
    })
    request.addEventListener('loadend', () => {
      clearTimeout(stall)
      signal.removeEventListener('abort', stop)
    })
    if (signal.aborted) {
      stop()
      return
    }
    signal.addEventListener('abort', stop)
    moved()
    request.send(body)
  })
}
