import type { Namespace } from '../../venue/support/namespace.ts'

/** How a TCP connection ends: it opens, is refused, or nobody says anything. */
export function connect(from: Namespace, address: string, port: number): 'open' | 'refused' | 'silence' {
  const { status, stderr } = from.try('timeout', '15', 'bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`)
  if (status === 0) return 'open'
  return /refused/i.test(stderr) ? 'refused' : 'silence'
}
