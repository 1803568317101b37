import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { FrameReader, frameHeader } from './rendition-frames.ts'
import type { RenditionJob, RenditionOutcome } from './rendition-frames.ts'
import { renditionLimits } from './rendition.ts'
import type { RenditionLimits } from './rendition.ts'

const program = fileURLToPath(new URL('./rendition-process.ts', import.meta.url))
/** The heap of its own script; pictures lie outside it. */
const HEAP_MIB = 64

type Child = ChildProcessByStdio<Writable, Readable, null>

interface Worker {
  readonly child: Child
  readonly answers: FrameReader<RenditionOutcome & object>
  made: number
}

export interface Original {
  readonly size: number
  readonly source: (signal: AbortSignal) => AsyncIterable<Uint8Array>
}

/** The image cannot be made smaller: damaged, too large, or nothing that we read. */
export class RenditionRefused extends Error {
  override readonly name = 'RenditionRefused'
  readonly code = 'rendition-refused'
}

/** Has renditions made in a process of its own, one at a time; the process is there only while there is something to do. */
export class RenditionMaker {
  readonly #logger: Logger
  readonly #limits: RenditionLimits
  readonly #program: string
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined

  constructor(logger: Logger, limits: RenditionLimits = renditionLimits, file: string = program) {
    this.#logger = logger
    this.#limits = limits
    this.#program = file
  }

  /** Process number of the worker while there is one: for tests and measurements. */
  get pid(): number | undefined {
    return this.#worker?.child.pid
  }

  /**
   * Not to be called again before it has settled.
   * @throws {RenditionRefused} @throws {Error} when the process died or took too long; the next call starts another
   */
  async make(job: RenditionJob, original: Original): Promise<Uint8Array> {
    clearTimeout(this.#idle)
    const worker = (this.#worker ??= this.#start())
    const deadline = AbortSignal.timeout(this.#limits.makeMs)
    const end = (): void => this.#end(worker, 'SIGKILL')
    deadline.addEventListener('abort', end, { once: true })
    try {
      await send(worker.child.stdin, job, original, deadline)
      const answer = await worker.answers.next()
      if (answer === null) throw new Error('the process that makes renditions died')
      worker.made += 1
      if (!answer.header.ok) throw new RenditionRefused(answer.header.reason)
      return answer.bytes
    } catch (error) {
      // What it has read of this job it would take for the next one's.
      if (!(error instanceof RenditionRefused)) end()
      throw error
    } finally {
      deadline.removeEventListener('abort', end)
      if (this.#worker === worker) this.#rest(worker)
    }
  }

  stop(): void {
    clearTimeout(this.#idle)
    if (this.#worker !== undefined) this.#end(this.#worker, 'SIGKILL')
  }

  #rest(worker: Worker): void {
    if (worker.made >= this.#limits.madePerProcess) this.#end(worker, 'SIGTERM')
    else this.#idle = setTimeout(() => this.#end(worker, 'SIGTERM'), this.#limits.idleMs).unref()
  }

  #start(): Worker {
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, this.#program], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '', MALLOC_ARENA_MAX: '2', VIPS_CONCURRENCY: '1' },
    })
    const worker: Worker = {
      child,
      answers: new FrameReader(child.stdout, this.#limits.renditionBytes),
      made: 0,
    }
    child.once('error', (err) => {
      this.#logger.warn({ err }, 'renditions cannot be made: originals are shown')
      if (this.#worker === worker) this.#worker = undefined
    })
    child.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
    })
    // Writing to a process that has died is told where its answer is awaited.
    child.stdin.on('error', () => {})
    child.unref()
    return worker
  }

  #end(worker: Worker, signal: 'SIGTERM' | 'SIGKILL'): void {
    if (this.#worker === worker) this.#worker = undefined
    worker.child.kill(signal)
  }
}

async function send(
  stdin: Writable,
  job: RenditionJob,
  { size, source }: Original,
  signal: AbortSignal,
): Promise<void> {
  stdin.write(frameHeader(job, size))
  let sent = 0
  for await (const bytes of source(signal)) {
    sent += bytes.length
    if (sent > size) throw new Error('the original is longer than it says')
    if (!stdin.write(bytes)) await once(stdin, 'drain', { signal })
  }
  if (sent !== size) throw new Error('the original is shorter than it says')
}
