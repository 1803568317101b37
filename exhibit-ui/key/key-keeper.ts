import type { CheckedManifest, KeyAnswers, KeyOwner, KeyReply, KeyRequest } from './key-messages.ts'
import type { UnlinkedRecord } from './record-of-message.ts'

/**
 * The key's worker said no: `wrong-passphrase`, `bad-key-file`, `weak-passphrase`, `bad-record`, `no-key`, `another-record`,
 * `closed`.
 */
export class KeyRefusedError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export const keyLimits = Object.freeze({
  /** Without a touch or a key press for this long, the key is let go of. */
  idleCloseMs: 15 * 60_000,
})

const signsOfLife = ['pointerdown', 'keydown', 'input'] as const

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: ((share: number) => void) | undefined
}

type OnProgress = (share: number) => void

/**
 * Speaks to the worker that has the key, of an artist or of a curator. Closing ends the worker, and with it every copy of the key
 * there is in the browser.
 */
export class KeyKeeper {
  readonly #onClosed: () => void
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #count = 0
  #idle: ReturnType<typeof setTimeout> | undefined
  #owner: KeyOwner | undefined

  constructor(onClosed: () => void) {
    this.#onClosed = onClosed
  }

  /** Whose key is open. */
  get owner(): KeyOwner | undefined {
    return this.#owner
  }

  async create(passphrase: string, name: string, onProgress: OnProgress): Promise<KeyAnswers['create']> {
    return this.#opened(await this.#ask<'create'>({ kind: 'create', passphrase, name }, onProgress))
  }

  async open(file: string, passphrase: string, onProgress: OnProgress): Promise<KeyAnswers['open']> {
    return this.#opened(await this.#ask<'open'>({ kind: 'open', file, passphrase }, onProgress))
  }

  async recover(
    code: string,
    passphrase: string,
    name: string,
    onProgress: OnProgress,
  ): Promise<KeyAnswers['recover']> {
    return this.#opened(await this.#ask<'recover'>({ kind: 'recover', code, passphrase, name }, onProgress))
  }

  /** @param record its links as text */
  sign(record: UnlinkedRecord): Promise<KeyAnswers['sign']> {
    return this.#ask<'sign'>({ kind: 'sign', record })
  }

  look(asked: {
    exhibition: string
    node: string
    word: string
    manifest: string
  }): Promise<KeyAnswers['look']> {
    return this.#ask<'look'>({ kind: 'look', ...asked })
  }

  /** Needs no key: checks the seal of a manifest. */
  manifest(cid: string, envelope: string): Promise<CheckedManifest> {
    return this.#ask<'manifest'>({ kind: 'manifest', cid, envelope })
  }

  readonly close = (): void => {
    clearTimeout(this.#idle)
    for (const event of signsOfLife) document.removeEventListener(event, this.#touched)
    this.#end(new KeyRefusedError('closed', ''))
    this.#owner = undefined
    this.#onClosed()
  }

  #opened<T extends KeyOwner>(answer: T): T {
    this.#owner = { did: answer.did, name: answer.name }
    for (const event of signsOfLife) document.addEventListener(event, this.#touched, { passive: true })
    this.#touched()
    return answer
  }

  readonly #touched = (): void => {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(this.close, keyLimits.idleCloseMs)
  }

  #end(why: Error): void {
    this.#worker?.terminate()
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(why)
    this.#waiting.clear()
  }

  #ask<K extends keyof KeyAnswers>(request: KeyRequest, onProgress?: OnProgress): Promise<KeyAnswers[K]> {
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
    worker.addEventListener('error', () => this.#end(new KeyRefusedError('failed', '')))
    return worker
  }
}
