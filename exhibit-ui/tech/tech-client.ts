import type {
  ActionResultView,
  AlertKindView,
  MeshHealthView,
  SessionView,
  TechAction,
} from '../../node/http/contracts/tech.ts'
import type { ValuesView } from '../../node/http/contracts/values.ts'

/** The node said no, with a reason to show. */
export class TechRefusal extends Error {
  readonly code = 'refused'
  readonly status: number
  readonly retryAfter: string

  constructor(status: number, retryAfter: string) {
    super(`the node answered ${status}`)
    this.status = status
    this.retryAfter = retryAfter
  }
}

const timeoutMs = 30_000

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok) throw new TechRefusal(response.status, response.headers.get('retry-after') ?? '')
  return (await response.json()) as T
}

const json = { 'content-type': 'application/json' }

export const fetchHealth = (after: number): Promise<MeshHealthView> =>
  ask(`/api/v1/mesh/health?after=${after}`)

export const fetchAlertKinds = async (): Promise<AlertKindView[]> =>
  (await ask<{ alerts: AlertKindView[] }>('/api/v1/mesh/alerts')).alerts

export const fetchValues = (): Promise<ValuesView> => ask('/api/v1/values')

export const fetchSession = (): Promise<SessionView> => ask('/api/v1/admin/session')

export const logIn = (passphrase: string): Promise<SessionView> =>
  ask('/api/v1/admin/session', { method: 'POST', headers: json, body: JSON.stringify({ passphrase }) })

export const logOut = (csrf: string): Promise<SessionView> =>
  ask('/api/v1/admin/session', { method: 'DELETE', headers: { 'x-csrf-token': csrf } })

export const order = (
  csrf: string,
  node: string,
  action: TechAction,
  args: object = {},
): Promise<ActionResultView> =>
  ask('/api/v1/admin/actions', {
    method: 'POST',
    headers: { ...json, 'x-csrf-token': csrf },
    body: JSON.stringify({ node, action, args }),
  })
