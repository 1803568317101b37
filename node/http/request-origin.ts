const MAX_HOST_LENGTH = 255
/** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port: nothing that could end up as markup or policy. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]{2,45}\])\.?(?::\d{1,5})?$/i

/** Whether a Host header is one we are willing to repeat in a header of ours. */
export function isHost(host: unknown): host is string {
  return typeof host === 'string' && host.length <= MAX_HOST_LENGTH && HOST.test(host)
}

/** Whether a page of this very host sent the request, or no page at all. A sandboxed work says `null`. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return true
  return origin === `http://${host}` || origin === `https://${host}`
}
