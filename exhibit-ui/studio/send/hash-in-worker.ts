import type { HashedWork, LocalFile } from './hashed-work.ts'
import type { HashReply } from './hash-worker.ts'

export class HashFailedError extends Error {
  readonly code = 'hash-failed'
}

/** Hashes in a worker, so that the page stays alive on a phone. Aborting ends the worker. @throws {HashFailedError} */
export function hashInWorker(
  files: readonly LocalFile[],
  { onBytes, signal }: { onBytes: (bytes: number, path: string) => void; signal: AbortSignal },
): Promise<HashedWork> {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' })
  const hashing = new Promise<HashedWork>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    worker.addEventListener('error', () => reject(new HashFailedError('the worker failed')))
    worker.addEventListener('message', ({ data }: MessageEvent<HashReply>) => {
      if ('done' in data) resolve(data.done)
      else if ('failed' in data) reject(new HashFailedError(data.failed.message))
      else onBytes(data.bytes, data.path)
    })
  })
  worker.postMessage(files, { transfer: [] })
  return hashing.finally(() => worker.terminate())
}
