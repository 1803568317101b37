import { createServer } from 'node:net'
import { listenError } from './server.ts'

/**
 * Listens on an address for a moment, so that a mistake in it is told before anything is written.
 * @throws {HttpListenError} as the server itself would
 */
export async function assertListenable({ host, port }: { host: string; port: number }): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host, port }, resolve)
    })
  } catch (error) {
    throw listenError(error, host, port)
  }
  await new Promise((resolve) => server.close(resolve))
}
