import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { openPassphrase } from './passphrase-hash.ts'
import type { PassphraseHash } from './passphrase-hash.ts'

export const loginLimits = Object.freeze({
  sessions: 16,
  idleMs: 30 * 60_000,
  wholeMs: 8 * 3_600_000,
  /** Wait after the first failure; doubles with each, up to the last. Forgotten after a quiet hour. */
  firstDelayMs: 1_000,
  lastDelayMs: 60_000,
  forgetMs: 3_600_000,
  passphraseLength: 256,
})

export interface Session {
  /** Told to the page, and sent back by it with every change. */
  readonly csrf: string
  readonly key: Ed25519PrivateKey
}

interface Kept extends Session {
  readonly sinceMs: number
  usedMs: number
}

export type LoginOutcome =
  | { readonly outcome: 'in'; readonly token: string; readonly csrf: string }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'wait'; readonly seconds: number }
  | { readonly outcome: 'unset' }

/**
 * Technicians logged in at this node: in memory only, and gone with the process. There are no users, only who knows the
 * passphrase. A session holds the key that the passphrase makes, so that an order to another node carries proof of it.
 */
export class Login {
  readonly #hash: PassphraseHash | null
  readonly #nowMs: () => number
  readonly #sessions = new Map<string, Kept>()
  #failures = 0
  #failedMs = Number.NEGATIVE_INFINITY
  #isTrying = false

  constructor(hash: PassphraseHash | null, steadyNowMs: () => number) {
    this.#hash = hash
    this.#nowMs = steadyNowMs
  }

  get isConfigured(): boolean {
    return this.#hash !== null
  }

  /** One at a time: each takes 32 MiB. */
  async logIn(passphrase: string): Promise<LoginOutcome> {
    if (this.#hash === null) return { outcome: 'unset' }
    const waitMs = this.#waitMs()
    if (waitMs > 0 || this.#isTrying)
      return { outcome: 'wait', seconds: Math.max(1, Math.ceil(waitMs / 1000)) }
    this.#isTrying = true
    try {
      const key = await openPassphrase(this.#hash, passphrase)
      if (key === null) {
        this.#failures += 1
        this.#failedMs = this.#nowMs()
        return { outcome: 'wrong' }
      }
      this.#failures = 0
      return { outcome: 'in', ...this.#open(key) }
    } finally {
      this.#isTrying = false
    }
  }

  /** The session of a cookie. It lives on by being used: a page that only shows that it is logged in does not keep it alive. */
  session(token: string | undefined, how: 'use' | 'look' = 'use'): Session | null {
    if (token === undefined) return null
    const id = idOf(token)
    const session = this.#sessions.get(id)
    if (session === undefined) return null
    const nowMs = this.#nowMs()
    if (nowMs - session.usedMs > loginLimits.idleMs || nowMs - session.sinceMs > loginLimits.wholeMs) {
      this.#sessions.delete(id)
      return null
    }
    if (how === 'use') session.usedMs = nowMs
    return session
  }

  logOut(token: string | undefined): void {
    if (token !== undefined) this.#sessions.delete(idOf(token))
  }

  #open(key: Ed25519PrivateKey): { token: string; csrf: string } {
    const token = randomBytes(32).toString('base64url')
    const csrf = randomBytes(32).toString('base64url')
    const nowMs = this.#nowMs()
    const [oldest] = [...this.#sessions].sort(([, a], [, b]) => a.usedMs - b.usedMs)
    if (this.#sessions.size >= loginLimits.sessions && oldest !== undefined) this.#sessions.delete(oldest[0])
    this.#sessions.set(idOf(token), { csrf, key, sinceMs: nowMs, usedMs: nowMs })
    return { token, csrf }
  }

  #waitMs(): number {
    const sinceMs = this.#nowMs() - this.#failedMs
    if (sinceMs > loginLimits.forgetMs) this.#failures = 0
    if (this.#failures === 0) return 0
    const delay = Math.min(
      loginLimits.lastDelayMs,
      loginLimits.firstDelayMs * 2 ** Math.min(20, this.#failures - 1),
    )
    return Math.max(0, delay - sinceMs)
  }
}

/** What is kept of a token is not the token. */
function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()]
  return timingSafeEqual(left, right)
}
