import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

const left = new Set(['content-length', 'content-encoding', 'connection', 'keep-alive', 'etag'])

export interface Lie {
  readonly path: RegExp
  /** What it says in the place of what the node said. */
  readonly body: (truth: Buffer, path: string) => Buffer | Promise<Buffer>
}

/**
 * A node that serves the honest program and lies about works: between the browser and a real one. The security policy, which a
 * node makes from its address, is the one it would make for the address the browser sees.
 */
export async function lyingProxy(target: string, lies: readonly Lie[]): Promise<number> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const answer = async (): Promise<void> => {
      const asked = new URL(path, target)
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers))
        if (typeof value === 'string' && !['connection', 'host', 'accept-encoding'].includes(name))
          headers.set(name, value)
      const truth = await fetch(asked, { headers, redirect: 'manual' })
      const lie = lies.find(({ path: lied }) => lied.test(path))
      if (lie === undefined && (truth.headers.get('content-type') ?? '').includes('event-stream')) {
        await truth.body?.cancel()
        response.writeHead(503).end()
        return
      }
      const body = Buffer.from(await truth.arrayBuffer())
      const said = lie === undefined ? body : await lie.body(body, path)
      const kept = [...truth.headers]
        .filter(([name]) => !left.has(name))
        .map(([name, value]) => [name, value.replaceAll(asked.host, request.headers.host ?? '')] as const)
      response.writeHead(lie === undefined ? truth.status : 200, Object.fromEntries(kept)).end(said)
    }
    answer().catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

export function flipByte(truth: Buffer): Buffer {
  const lie = Buffer.from(truth)
  const at = Math.floor(lie.length / 2)
  lie[at] = (lie[at] ?? 0) ^ 1
  return lie
}

/** Another JSON. */
export function changed(change: (value: Record<string, unknown>) => unknown): Lie['body'] {
  return (truth) =>
    Buffer.from(JSON.stringify(change(JSON.parse(truth.toString()) as Record<string, unknown>)))
}

/** Another answer among those that a page brings along (`#brought`), which the page asks for no more. */
export function changedInPage(
  asked: RegExp,
  change: (value: Record<string, unknown>) => unknown,
): Lie['body'] {
  return (truth) => {
    const page = truth.toString()
    const [whole, data] = /<script type="application\/json" id="brought">(.*?)<\/script>/s.exec(page) ?? []
    if (whole === undefined || data === undefined) throw new Error('the page brings nothing along')
    const brought = JSON.parse(data) as { answers: Record<string, Record<string, unknown>> }
    const [url] = Object.keys(brought.answers).filter((one) => asked.test(one))
    if (url === undefined) throw new Error(`the page does not bring ${asked} along`)
    const answers = { ...brought.answers, [url]: change(brought.answers[url] ?? {}) }
    const lie = JSON.stringify({ ...brought, answers }).replaceAll('<', String.raw`\u003c`)
    return Buffer.from(page.replace(data, () => lie))
  }
}
