import { createHttpApp } from './app.ts'
import { createHttpContext } from './context.ts'
import type { HttpDependencies } from './dependencies.ts'
import { httpLimits } from './limits.ts'
import type { HttpLimits } from './limits.ts'

export interface HttpServer {
  /** @returns where it listens: the port is one the system chose when 0 was asked for @throws {HttpListenError} */
  start(): Promise<{ host: string; port: number }>
  /** Ends event streams and idle connections at once; answers under way have a moment more. */
  stop(): Promise<void>
}

/** The address cannot be listened on. `message` says in one line what to do. */
export class HttpListenError extends Error {
  override readonly name = 'HttpListenError'
  /** Of the system: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, … */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const another = 'choose another with --http HOST:PORT'

export function createHttpServer(deps: HttpDependencies, limits: HttpLimits = httpLimits): HttpServer {
  let starting: Promise<Running> | undefined
  return {
    start: async () => {
      starting ??= startServer(deps, limits)
      try {
        return (await starting).address
      } catch (error) {
        starting = undefined
        throw error
      }
    },
    stop: async () => {
      const running = starting
      starting = undefined
      // A start that failed has cleaned up after itself, and told its caller.
      await running?.then(
        ({ stop }) => stop(),
        () => {},
      )
    },
  }
}

interface Running {
  readonly address: { host: string; port: number }
  readonly stop: () => Promise<void>
}

async function startServer(deps: HttpDependencies, limits: HttpLimits): Promise<Running> {
  const { host, port } = deps.listen
  const context = createHttpContext(deps, limits)
  const app = await createHttpApp(context)
  app.server.maxConnections = limits.connections
  context.ready.putBefore(app.server)
  context.start()
  try {
    await app.listen({ host, port })
  } catch (error) {
    await Promise.all([context.stop(), app.close()])
    throw listenError(error, host, port)
  }
  const address = app.server.address()
  return {
    address: { host, port: typeof address === 'object' && address !== null ? address.port : port },
    stop: async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), limits.stopGraceMs)
      try {
        await Promise.all([context.stop(), app.close()])
      } finally {
        clearTimeout(cut)
      }
    },
  }
}

export function listenError(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code
  const told: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is in use; stop the other program or ${another}`,
    EACCES: `port ${port} on ${host} needs rights this user does not have; ${another}`,
    EADDRNOTAVAIL: `${host} is not an address of this machine; ${another}`,
    ENOTFOUND: `${host} is not a name this machine knows; ${another}`,
  }
  const message = code === undefined ? undefined : told[code]
  return code === undefined || message === undefined
    ? error
    : new HttpListenError(code, message, { cause: error })
}
