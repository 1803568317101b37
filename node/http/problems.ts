import { FormatError } from '../../artworks/format/errors.ts'
import type { FormatErrorCode } from '../../artworks/format/errors.ts'
import { StoreError } from '../store/errors.ts'
import type { StoreErrorCode } from '../store/errors.ts'
import { DoorRefusal } from '../store/record-door.ts'
import type { DoorRefusalCode } from '../store/record-door.ts'
import type { Problem } from './contract.ts'

interface ProblemKind {
  readonly status: number
  readonly title: string
}

type ForeignCode = FormatErrorCode | StoreErrorCode | DoorRefusalCode

/** Every problem this interface can answer with: stable code, HTTP status and title (RFC 9457, section 3.1). */
export const problems = Object.freeze({
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  'bad-host': { status: 400, title: 'The Host header is missing or malformed' },
  'bad-json': { status: 400, title: 'The body is not JSON' },
  'bad-input': { status: 400, title: 'Something in the request is not as it must be' },
  'bad-cid': { status: 400, title: 'Not a CID that this exhibition uses' },
  'bad-did': { status: 400, title: 'Not the did:key of an Ed25519 key' },
  'bad-path': { status: 400, title: 'Not a path inside a work' },
  'login-needed': { status: 401, title: 'For technicians who are logged in' },
  'login-wrong': { status: 401, title: 'Not the passphrase' },
  'login-wait': { status: 429, title: 'Too soon after a wrong passphrase' },
  'no-passphrase': { status: 409, title: 'No passphrase is set on this node' },
  'not-from-page': { status: 403, title: 'Only the technicians’ page of this node can do this' },
  'cross-origin': { status: 403, title: 'Other pages cannot use this interface' },
  'not-allowed': { status: 403, title: 'The signer may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'not-shown': { status: 404, title: 'Not a work that is shown' },
  'method-not-allowed': { status: 405, title: 'This cannot be done here' },
  'not-acceptable': { status: 406, title: 'This is not available in the format asked for' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'content-missing': { status: 409, title: 'Files of the work are not all here yet' },
  'not-wanted': { status: 409, title: 'This upload does not want this chunk' },
  removed: { status: 410, title: 'The curators have removed this work' },
  superseded: { status: 410, title: 'A newer version of this work is shown' },
  withdrawn: { status: 410, title: 'The artist has withdrawn this work' },
  'too-large': { status: 413, title: 'Too large' },
  'url-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'A body of this media type is not taken here' },
  'range-not-satisfiable': { status: 416, title: 'The file has no such part' },
  misdirected: { status: 421, title: 'Meant for another name than this node has' },
  'bad-envelope': { status: 422, title: 'Not a signed record' },
  'bad-record': { status: 422, title: 'The record is not as it must be' },
  'bad-signature': { status: 422, title: 'The signature does not match what is signed' },
  'block-mismatch': { status: 422, title: 'The bytes are not what their CID names' },
  'no-intake': { status: 422, title: 'The record lacks the countersignature of a node' },
  'not-canonical': { status: 422, title: 'Not in its one canonical encoding' },
  refused: { status: 422, title: 'The content is not what was declared' },
  'wrong-exhibition': { status: 422, title: 'The record belongs to another exhibition' },
  'wrong-signer': { status: 422, title: 'Signed by someone who cannot sign this' },
  quota: { status: 429, title: 'Too much from one signer for now' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong inside this node' },
  'database-damaged': { status: 500, title: 'The records of this node are damaged' },
  'database-newer': { status: 500, title: 'The records of this node were written by a newer program' },
  'in-use': { status: 500, title: 'Another program uses the data of this node' },
  busy: { status: 503, title: 'This node has its hands full' },
  'not-ready': { status: 503, title: 'This node is still starting' },
  'still-arriving': { status: 503, title: 'Still on its way to this node' },
  draining: { status: 503, title: 'This node is about to be taken away' },
  'disk-full': { status: 507, title: 'This node has no room left' },
  'disk-unwritable': { status: 507, title: 'This node cannot write to its disk' },
} as const satisfies Record<string, ProblemKind> & Record<ForeignCode, ProblemKind>)

export type ProblemCode = keyof typeof problems

interface ProblemExtras {
  readonly errors?: readonly { path: string; message: string }[]
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer that is a problem. `message` is its `detail`: one line a visitor or maker can act on. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly code: ProblemCode
  readonly errors: ProblemExtras['errors']
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, detail = '', extras: ProblemExtras = {}) {
    super(detail)
    this.code = code
    this.errors = extras.errors
    this.headers = extras.headers ?? {}
  }

  get status(): number {
    return problems[this.code].status
  }

  toJSON(): Problem {
    const { status, title } = problems[this.code]
    return {
      type: `/problems/${this.code}`,
      title,
      status,
      ...(this.message === '' ? {} : { detail: this.message }),
      ...(this.errors === undefined ? {} : { errors: [...this.errors] }),
    }
  }
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

/** Codes of fastify's own errors that are a client's doing. */
const fastifyProblems: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_BAD_URL: 'bad-request',
  FST_ERR_MAX_PARAM_LENGTH: 'url-too-long',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported-media-type',
}

/** The problem an error stands for, or null when it is nothing a client may hear of. */
export function problemOf(error: unknown): HttpProblem | null {
  if (error instanceof HttpProblem) return error
  if (error instanceof FormatError || error instanceof DoorRefusal) {
    return new HttpProblem(error.code, error.message)
  }
  if (error instanceof StoreError) {
    // The message may name files of this machine.
    return new HttpProblem(error.code)
  }
  const code = (error as { code?: unknown } | null)?.code
  const known = typeof code === 'string' ? fastifyProblems[code] : undefined
  if (known !== undefined) return new HttpProblem(known)
  // JSON with `__proto__` and the like: secure-json-parse throws a bare SyntaxError with a status.
  if (error instanceof SyntaxError && (error as { statusCode?: number }).statusCode === 400) {
    return new HttpProblem('bad-json')
  }
  return null
}
