import { hashWork } from './hash-work.ts'
import type { HashedWork, LocalFile } from './hashed-work.ts'

export type HashReply =
  | { bytes: number; path: string }
  | { done: HashedWork }
  | { failed: { name: string; message: string } }

/** One work, once: whoever wants it to stop ends the worker. */
self.addEventListener('message', ({ data }: MessageEvent<readonly LocalFile[]>) => {
  const reply = (message: HashReply): void => self.postMessage(message, { transfer: [] })
  let bytes = 0
  let toldMs = 0
  const onBytes = (more: number, path: string): void => {
    bytes += more
    const now = performance.now()
    if (now - toldMs < 100) return
    toldMs = now
    reply({ bytes, path })
  }
  hashWork(data, { onBytes }).then(
    (done) => reply({ done }),
    (error: unknown) => {
      const { name = '', message = '' } = error as { name?: string; message?: string }
      reply({ failed: { name, message } })
    },
  )
})
