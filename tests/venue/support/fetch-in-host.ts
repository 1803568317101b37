import type { VenueHost } from './network.ts'

export interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

const script = `
const [url, init] = JSON.parse(process.argv[1])
fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(20000) }).then(async (r) => {
  const body = Buffer.from(await r.arrayBuffer()).toString('base64')
  process.stdout.write(JSON.stringify({ status: r.status, headers: Object.fromEntries(r.headers), body }))
}, (e) => process.stdout.write(JSON.stringify({ error: String(e.cause ?? e) })))
`

/** An HTTP request made from inside a host of the venue, by a process of its own. */
export function fetchInHost(
  host: VenueHost,
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Answer {
  const printed = host.run(process.execPath, '-e', script, JSON.stringify([url, init]))
  const answer = JSON.parse(printed) as {
    status: number
    headers: Record<string, string>
    body: string
    error?: string
  }
  if (answer.error !== undefined) throw new Error(`${url}: ${answer.error}`)
  return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body, 'base64') }
}

export function jsonInHost<T>(host: VenueHost, url: string): T {
  const { status, body } = fetchInHost(host, url)
  if (status !== 200) throw new Error(`${url}: ${status} ${body.toString()}`)
  return JSON.parse(body.toString()) as T
}
