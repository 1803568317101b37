import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/**
 * Stands between a command and a node and passes everything on, except that it lets only so many chunks through and keeps
 * the others waiting: so that a test can do something in the middle of an upload, however fast the machine is.
 */
export class Doorkeeper {
  readonly url: string
  target: string
  readonly #waiting: (() => void)[] = []
  readonly #onHeld: (() => void)[] = []
  #left: number

  private constructor(url: string, target: string, chunks: number) {
    this.url = url
    this.target = target
    this.#left = chunks
  }

  static async before(target: string, { chunks }: { chunks: number }): Promise<Doorkeeper> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const keeper = new Doorkeeper(`http://127.0.0.1:${address.port}`, target, chunks)
    server.on('request', (incoming: IncomingMessage, response: ServerResponse) =>
      keeper.#meet(incoming, response),
    )
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return keeper
  }

  /** Resolves when a chunk has to wait. */
  async held(): Promise<void> {
    if (this.#waiting.length > 0) return
    await new Promise<void>((resolve) => void this.#onHeld.push(resolve))
  }

  release(): void {
    this.#left = Infinity
    for (const pass of this.#waiting.splice(0)) pass()
  }

  #meet(incoming: IncomingMessage, response: ServerResponse): void {
    if (incoming.method !== 'PUT' || this.#left > 0) {
      if (incoming.method === 'PUT') this.#left -= 1
      this.#pass(incoming, response)
      return
    }
    this.#waiting.push(() => this.#pass(incoming, response))
    for (const held of this.#onHeld.splice(0)) held()
  }

  #pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { method, headers, url = '/' } = incoming
    const outgoing = request(new URL(url, this.target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    // As a proxy does when what is behind it is not there.
    outgoing.on('error', () => response.writeHead(502).end())
    incoming.on('error', () => outgoing.destroy())
    incoming.pipe(outgoing)
  }
}
