import type { Problem } from '../../../node/http/contract.ts'

/** The node answered no. `problem` is its stable code: `disk-full`, `quota`, `withdrawn` … */
export class NodeRefusedError extends Error {
  readonly status: number
  readonly problem: string
  /** One line of the node's own, in English. */
  readonly detail: string

  constructor(status: number, problem: string, detail: string) {
    super(`the node answered ${status} (${problem}) ${detail}`)
    this.status = status
    this.problem = problem
    this.detail = detail
  }
}

/** No answer at all: off, restarting, out of reach. */
export class NodeAwayError extends Error {
  readonly code = 'away'
}

/** What a problem document of a node says. */
export function refusalOf(status: number, value: unknown): NodeRefusedError {
  const { type = '', detail = '', errors = [] } = value as Partial<Problem>
  const lines = [detail, ...errors.map(({ path, message }) => `${path}: ${message}`)].filter(Boolean)
  return new NodeRefusedError(status, type.replace(/^.*\//, ''), lines.join('; '))
}
