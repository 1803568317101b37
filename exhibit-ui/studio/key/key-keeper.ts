import type { KeyAnswers, KeyReply, KeyRequest } from './key-messages.ts'

/** The key's worker said no: `wrong-passphrase`, `bad-key-file`, `weak-passphrase`, `bad-record`, `locked`. */
export class KeyRefusedError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export const keyLimits = Object.freeze({
  /** Without a touch or a key press for this long, the key is let go of. */
  idleLockMs: 15 * 60_000,
})

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: ((share: number) => void) | undefined
}

/** Speaks to the worker that has the key. Locking ends the worker, and with it every copy of the key there is in the browser. */
export class KeyKeeper {
  readonly #onLock: () => void
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #count = 0
  #idle: ReturnType<typeof setTimeout> | undefined
  #owner: { did: string; name: string } | undefined

  constructor(onLock: () => void) {
    this.#onLock = onLock
  }

  /** Whose key is open. */
  get owner(): { did: string; name: string } | undefined {
    return this.#owner
  }

  async create(passphrase: string, name: string, onProgress: (share: number) => void) {
    return this.#opened(await this.#ask<'create'>({ kind: 'create', passphrase, name }, onProgress))
  }

  async open(file: string, passphrase: string, onProgress: (share: number) => void) {
    return this.#opened(await this.#ask<'open'>({ kind: 'open', file, passphrase }, onProgress))
  }

  async recover(code: string, passphrase: string, name: string, onProgress: (share: number) => void) {
    return this.#opened(await this.#ask<'recover'>({ kind: 'recover', code, passphrase, name }, onProgress))
  }

  sign(body: Record<string, unknown>): Promise<KeyAnswers['sign']> {
    return this.#ask<'sign'>({ kind: 'sign', body })
  }

  readonly lock = (): void => {
    clearTimeout(this.#idle)
    for (const event of signsOfLife) document.removeEventListener(event, this.#touched)
    this.#worker?.terminate()
    this.#worker = undefined
    this.#owner = undefined
    for (const { reject } of this.#waiting.values()) reject(new KeyRefusedError('locked', 'locked'))
    this.#waiting.clear()
    this.#onLock()
  }

  #opened<T extends { did: string; name: string }>(answer: T): T {
    this.#owner = { did: answer.did, name: answer.name }
    for (const event of signsOfLife) document.addEventListener(event, this.#touched, { passive: true })
    this.#touched()
    return answer
  }

  readonly #touched = (): void => {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(this.lock, keyLimits.idleLockMs)
  }

  #ask<K extends keyof KeyAnswers>(
    request: KeyRequest,
    onProgress?: (share: number) => void,
  ): Promise<KeyAnswers[K]> {
    const worker = (this.#worker ??= this.#startWorker())
    this.#count += 1
    const id = this.#count
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress })
      worker.postMessage({ id, request }, { transfer: [] })
    })
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL('./key-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<KeyReply>) => {
      const waiting = this.#waiting.get(data.id)
      if (waiting === undefined) return
      if ('progress' in data) {
        waiting.onProgress?.(data.progress)
        return
      }
      this.#waiting.delete(data.id)
      if ('done' in data) waiting.resolve(data.done as never)
      else waiting.reject(new KeyRefusedError(data.failed.code, data.failed.message))
    })
    worker.addEventListener('error', () => {
      for (const { reject } of this.#waiting.values()) reject(new KeyRefusedError('failed', ''))
      this.#waiting.clear()
    })
    return worker
  }
}

const signsOfLife = ['pointerdown', 'keydown', 'input'] as const
