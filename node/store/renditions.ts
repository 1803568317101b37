import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { RenditionFiles } from './rendition-files.ts'
import { RenditionMaker, RenditionRefused } from './rendition-maker.ts'
import { phoneWidths, renditionLimits } from './rendition.ts'
import type {
  Rendition,
  RenditionFormat,
  RenditionLimits,
  RenditionRequest,
  RenditionSource,
} from './rendition.ts'

export interface RenditionsInit {
  /** For these alone; may be deleted at any time. */
  readonly dir: string
  readonly logger: Logger
  /** Whether a work with this root is shown: of no other is anything kept. */
  readonly isShown: (root: string) => boolean
  /** Bytes free on the disk, and how many are to stay free. */
  readonly storage: () => Promise<{ freeBytes: number; reserveBytes: number }>
  readonly limits?: RenditionLimits
  readonly maker?: Pick<RenditionMaker, 'make' | 'stop'>
}

interface Job {
  readonly key: string
  readonly request: RenditionRequest
  readonly format: RenditionFormat
  readonly done: PromiseWithResolvers<Rendition | null>
}

/**
 * Renditions, made when first asked for, one at a time, and kept. A visitor gets what is quick to make (WebP, JPEG) at once; the
 * smaller AVIF is made when nobody waits, for those who come after.
 */
export class Renditions implements RenditionSource {
  readonly #limits: RenditionLimits
  readonly #files: RenditionFiles
  readonly #maker: Pick<RenditionMaker, 'make' | 'stop'>
  readonly #init: RenditionsInit
  readonly #now: Job[] = []
  readonly #later: Job[] = []
  readonly #jobs = new Map<string, Job>()
  readonly #failed = new Set<string>()
  readonly #memory = new Map<string, Rendition>()
  #memoryBytes = 0
  #isMaking = false
  #writing: Promise<void> | undefined
  #stopped = false

  constructor(init: RenditionsInit) {
    this.#init = init
    this.#limits = init.limits ?? renditionLimits
    this.#files = new RenditionFiles(init.dir, this.#limits.cacheBytes)
    this.#maker = init.maker ?? new RenditionMaker(init.logger, this.#limits)
  }

  async get(request: RenditionRequest): Promise<Rendition | null> {
    const { formats, width, size } = request
    const quick = formats.has('webp') ? 'webp' : 'jpeg'
    const takesSmall = formats.has('avif') && width <= this.#limits.avifWidth
    const kept = (takesSmall ? await this.#kept(request, 'avif') : null) ?? (await this.#kept(request, quick))
    if (kept?.format === 'avif' || (kept !== null && !takesSmall)) return kept
    if (size > this.#limits.sourceBytes) return null
    const job = kept === null ? this.#enqueue(request, quick, this.#now) : undefined
    if (kept === null && job === undefined) return null
    // The next visitor finds the smaller one, whichever phone it is.
    if (takesSmall) {
      const others = phoneWidths.includes(width) ? phoneWidths.filter((other) => other !== width) : []
      for (const one of [width, ...others]) this.#enqueue({ ...request, width: one }, 'avif', this.#later)
    }
    if (job === undefined) return kept
    const waited = new AbortController()
    try {
      return await Promise.race([
        job.done.promise,
        delay(this.#limits.waitMs, null, { signal: waited.signal, ref: false }),
      ])
    } finally {
      waited.abort()
    }
  }

  /** Deletes those of works that are no longer shown, from disk and memory. */
  async dropHidden(): Promise<void> {
    const { isShown } = this.#init
    for (const [key, { bytes }] of this.#memory) {
      if (isShown(key.slice(0, key.indexOf('/')))) continue
      this.#memory.delete(key)
      this.#memoryBytes -= bytes.length
    }
    for (const queue of [this.#now, this.#later]) {
      for (const job of queue.filter(({ request }) => !isShown(request.root))) {
        queue.splice(queue.indexOf(job), 1)
        this.#settle(job, null)
      }
    }
    await this.#files.keepOnly(isShown)
  }

  /** Afterwards nothing is written any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const job of [...this.#now.splice(0), ...this.#later.splice(0)]) this.#settle(job, null)
    this.#maker.stop()
    await this.#writing
  }

  async #kept({ root, cid, width }: RenditionRequest, format: RenditionFormat): Promise<Rendition | null> {
    const name = nameOf(cid, width, format)
    const key = `${root}/${name}`
    const known = this.#memory.get(key)
    if (known !== undefined) {
      this.#memory.delete(key)
      this.#memory.set(key, known)
      return known
    }
    const bytes = await this.#files.read(root, name)
    if (bytes === null) return null
    const rendition = { format, bytes }
    this.#remember(key, rendition)
    return rendition
  }

  #remember(key: string, rendition: Rendition): void {
    const size = rendition.bytes.length
    if (size > this.#limits.memoryEntryBytes) return
    this.#memoryBytes += size - (this.#memory.get(key)?.bytes.length ?? 0)
    this.#memory.delete(key)
    this.#memory.set(key, rendition)
    for (const [oldest, { bytes }] of this.#memory) {
      if (this.#memoryBytes <= this.#limits.memoryBytes) return
      this.#memory.delete(oldest)
      this.#memoryBytes -= bytes.length
    }
  }

  /** @returns undefined where it cannot be made, or too much is waiting */
  #enqueue(request: RenditionRequest, format: RenditionFormat, queue: Job[]): Job | undefined {
    const key = `${request.root}/${nameOf(request.cid, request.width, format)}`
    if (this.#stopped || this.#failed.has(key)) return undefined
    const known = this.#jobs.get(key)
    if (known !== undefined) return known
    const max = queue === this.#now ? this.#limits.queued : this.#limits.queuedLater
    if (queue.length >= max) return undefined
    const job: Job = { key, request, format, done: Promise.withResolvers() }
    this.#jobs.set(key, job)
    queue.push(job)
    void this.#work()
    return job
  }

  async #work(): Promise<void> {
    if (this.#isMaking) return
    this.#isMaking = true
    for (let job = this.#next(); job !== undefined; job = this.#next())
      this.#settle(job, await this.#make(job))
    this.#isMaking = false
  }

  #next(): Job | undefined {
    return this.#now.shift() ?? this.#later.shift()
  }

  async #make(job: Job): Promise<Rendition | null> {
    const { key, request, format } = job
    const { root, cid, width } = request
    try {
      // It may have been made before, when another width was asked for.
      const kept = await this.#kept(request, format)
      if (kept !== null) return kept
      const bytes = await this.#maker.make({ width, format }, request)
      // Withdrawn while it was made.
      if (this.#stopped || !this.#init.isShown(root)) return null
      const rendition = { format, bytes }
      this.#remember(key, rendition)
      this.#writing = this.#keep(root, nameOf(cid, width, format), bytes)
      await this.#writing
      return rendition
    } catch (error) {
      const refused = error instanceof RenditionRefused
      const { message } = error instanceof Error ? error : { message: String(error) }
      // An original that is still on its way is asked for again; one that we cannot read, or that ended the process, is not.
      if (refused || !isStillArriving(error)) {
        this.#fail(key)
        this.#init.logger.debug({ root, cid, width, format, message }, 'no rendition: the original is shown')
      }
      return null
    }
  }

  async #keep(root: string, name: string, bytes: Uint8Array): Promise<void> {
    try {
      const { freeBytes, reserveBytes } = await this.#init.storage()
      if (this.#stopped) return
      if (freeBytes - bytes.length < reserveBytes) return
      await this.#files.write(root, name, bytes)
    } catch (error) {
      // A disk that takes no more: it is made again when asked for again.
      this.#init.logger.debug({ err: error }, 'a rendition could not be kept')
    }
  }

  #fail(key: string): void {
    this.#failed.add(key)
    const [oldest] = this.#failed
    if (this.#failed.size > this.#limits.failuresKept && oldest !== undefined) this.#failed.delete(oldest)
  }

  #settle(job: Job, rendition: Rendition | null): void {
    this.#jobs.delete(job.key)
    job.done.resolve(rendition)
  }
}

function nameOf(cid: string, width: number, format: RenditionFormat): string {
  return `${cid}-${width}.${format}`
}

function isStillArriving(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'still-arriving' || code === 'busy' || code === 'ABORT_ERR'
}
