import { createServer, request } from 'node:http'
import type { Server } from 'node:http'

/** The node's address in its mesh: whoever asks for another is shown the portal. */
const node = '10.78.0.1'

/** A door of this machine to the node behind `port`, for programs that cannot say by which name they ask. Not listening yet. */
export function asMember(port: number): Server {
  return createServer((asked, answer) => {
    const onward = request(
      {
        host: '127.0.0.1',
        port,
        method: asked.method ?? 'GET',
        path: asked.url ?? '/',
        headers: { ...asked.headers, host: node },
      },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(answer)
      },
    )
    // The machine behind it may lose its power at any moment: then so does the connection.
    onward.on('error', () => answer.destroy())
    answer.on('error', () => onward.destroy())
    asked.pipe(onward)
  })
}
