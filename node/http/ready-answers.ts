import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { BoundedMap } from './bounded-map.ts'
import type { HttpLimits } from './limits.ts'
import type { HttpApp } from './valibot-provider.ts'

/** An answer as it went out, to be given again to whoever asks the same. */
interface ReadyAnswer {
  readonly headers: readonly string[]
  readonly body: Uint8Array
  /** Whether the route would still say the same. */
  readonly isCurrent: () => boolean
}

/** All there is for one address: by the header that the answer says it varies with. */
interface ReadyAddress {
  readonly vary: Deciding | undefined
  readonly answers: Map<string, ReadyAnswer>
}

type Deciding = 'accept-encoding'
/** What the answer may depend on beside its address; a request that has one of the others is for its route. */
const decides: ReadonlyMap<string, Deciding | 'host' | 'route'> = new Map([
  ['host', 'host'],
  ['accept-encoding', 'accept-encoding'],
  ...(
    ['range', 'if-range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const
  ).map((name) => [name, 'route'] as const),
  ...(['content-length', 'transfer-encoding', 'expect', 'upgrade'] as const).map(
    (name) => [name, 'route'] as const,
  ),
])
/** Of what browsers send for `Accept-Encoding` there are a few; whoever sends more has no more kept. */
const mostVariants = 4

type Limits = Pick<HttpLimits, 'readyAnswersBytes' | 'readyAnswerBytes'>

/**
 * Answers to plain GETs for what never changes, given out before the framework is asked (decision 0039). Nothing is decided here:
 * an answer is what its route made of the same request, with all its headers, and its route says how long it holds.
 */
export class ReadyAnswers {
  readonly #limits: Limits
  readonly #offers = new WeakMap<FastifyRequest, () => boolean>()
  #addresses: BoundedMap<string, ReadyAddress>

  constructor(limits: Limits) {
    this.#limits = limits
    this.#addresses = this.#none()
  }

  /** A route says that what it answers now may be given again, as long as this is true. */
  offer(request: FastifyRequest, isCurrent: () => boolean): void {
    this.#offers.set(request, isCurrent)
  }

  /** After all other hooks, so that what is kept is what is sent. */
  watch(app: HttpApp): void {
    app.addHook('onSend', async (request, reply, payload) => {
      const isCurrent = this.#offers.get(request)
      if (isCurrent === undefined || request.method !== 'GET' || reply.statusCode !== 200) return
      if (!(payload instanceof Uint8Array) || payload.length > this.#limits.readyAnswerBytes) return
      const asked = askedOf(request.raw)
      if (asked === undefined) return
      const { 'content-length': _length, vary, ...headers } = reply.getHeaders()
      if (vary !== undefined && String(vary).toLowerCase() !== 'accept-encoding') return
      const flat = Object.entries({ ...headers, ...(vary !== undefined && { vary }) }).map(
        ([name, value]) => [name, String(value)],
      )
      flat.push(['content-length', String(payload.length)])
      this.#keep(asked, vary === undefined ? undefined : 'accept-encoding', {
        headers: flat.flat(),
        body: payload,
        isCurrent,
      })
    })
  }

  /** Stands before the server's own listener. */
  putBefore(server: Server): void {
    const others = server.listeners('request') as RequestListener[]
    server.removeAllListeners('request')
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.#answer(request, response)) return
      for (const listener of others) listener.call(server, request, response)
    })
  }

  /** What no longer holds is not kept either: after a withdrawal no byte of a work stays. */
  drop(): void {
    this.#addresses = this.#none()
  }

  #answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET') return false
    const asked = askedOf(request)
    if (asked === undefined) return false
    const address = this.#addresses.get(asked.key)
    const answer = address?.answers.get(variantOf(address.vary, asked))
    if (answer === undefined) return false
    if (!answer.isCurrent()) {
      this.#addresses.delete(asked.key)
      return false
    }
    response.writeHead(200, answer.headers as string[])
    response.end(answer.body)
    return true
  }

  #keep(asked: Asked, vary: Deciding | undefined, answer: ReadyAnswer): void {
    const known = this.#addresses.get(asked.key)
    const answers = new Map(known?.vary === vary ? known?.answers : [])
    if (answers.size >= mostVariants) return
    answers.set(variantOf(vary, asked), answer)
    this.#addresses.set(asked.key, { vary, answers })
  }

  #none(): BoundedMap<string, ReadyAddress> {
    return new BoundedMap(this.#limits.readyAnswersBytes, ({ answers }) => {
      let bytes = 0
      for (const { body } of answers.values()) bytes += body.length + ENTRY_BYTES
      return bytes
    })
  }
}

/** What an entry takes beside its body, roughly: its key and headers. */
const ENTRY_BYTES = 2048

interface Asked {
  readonly key: string
  readonly 'accept-encoding': string
}

function variantOf(vary: Deciding | undefined, asked: Asked): string {
  return vary === undefined ? '' : asked[vary]
}

/** By what a request is known again; undefined where its headers ask for more than the address says. */
function askedOf({ rawHeaders, url, socket }: IncomingMessage): Asked | undefined {
  let host: string | undefined
  let encoding = ''
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    const decided = decides.get(name) ?? decides.get(name.toLowerCase())
    if (decided === undefined) continue
    if (decided === 'route' || (decided === 'host' && host !== undefined)) return undefined
    if (decided === 'host') host = rawHeaders[at + 1]
    else encoding = `${encoding}${rawHeaders[at + 1] ?? ''}`
  }
  if (host === undefined) return undefined
  // The portal looks at the address that was connected to.
  return { key: `${socket.localAddress ?? ''} ${host} ${url ?? ''}`, 'accept-encoding': encoding }
}
