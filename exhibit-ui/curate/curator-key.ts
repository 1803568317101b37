import type { CheckedManifest, Decision, KeyAnswers, KeyReply, KeyRequest } from './key-messages.ts'

/** The worker said no: `wrong-passphrase`, `bad-key-file`, `bad-record`, `no-key`, `another-record`, `closed`. */
export class KeyRefusedError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface Owner {
  readonly did: string
  readonly name: string
}

/** Without a touch or a key press for this long, the key is closed. */
const idleCloseMs = 15 * 60_000
const signsOfLife = ['pointerdown', 'keydown', 'input'] as const

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: ((share: number) => void) | undefined
}

/** Speaks to the worker that has the key. Closing ends the worker, and with it every copy of the key there is in the browser. */
export class CuratorKey {
  readonly #onClosed: () => void
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #count = 0
  #idle: ReturnType<typeof setTimeout> | undefined
  #owner: Owner | undefined

  constructor(onClosed: () => void) {
    this.#onClosed = onClosed
  }

  get owner(): Owner | undefined {
    return this.#owner
  }

  async open(file: string, passphrase: string, onProgress: (share: number) => void): Promise<Owner> {
    const opened = await this.#ask<'open'>({ kind: 'open', file, passphrase }, onProgress)
    this.#owner = opened
    for (const event of signsOfLife) document.addEventListener(event, this.#touched, { passive: true })
    this.#touched()
    return opened
  }

  sign(decision: Decision, exhibition: string): Promise<KeyAnswers['sign']> {
    const claimed = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    return this.#ask<'sign'>({ kind: 'sign', decision, exhibition, claimed })
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

  readonly #touched = (): void => {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(this.close, idleCloseMs)
  }

  #end(why: Error): void {
    this.#worker?.terminate()
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(why)
    this.#waiting.clear()
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
      worker.postMessage({ id, request }, [])
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
