import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { NodeEventBus } from '../lifecycle/events.ts'
import type { ServerEvent } from './contract.ts'
import { httpLimits } from './limits.ts'
import type { HttpLimits } from './limits.ts'

/** What the events say, asked for when they are sent: the latest, however often something changed in between. */
export interface EventViews {
  catalogue: () => Extract<ServerEvent, { event: 'catalogue' }>['data']
  mesh: () => Extract<ServerEvent, { event: 'mesh' }>['data']
  alerts: () => Extract<ServerEvent, { event: 'alerts' }>['data']
  /** null when nobody is shown a work of this root. */
  progress: (root: string) => Extract<ServerEvent, { event: 'progress' }>['data'] | null
}

type HubLimits = Pick<
  HttpLimits,
  | 'eventStreams'
  | 'eventBacklogBytes'
  | 'eventsKept'
  | 'eventHeartbeatMs'
  | 'eventRetryMs'
  | 'progressIntervalMs'
  | 'meshIntervalMs'
>

/**
 * Sends what changes to every page that listens: server-sent events (HTML, section 9.2). Ids are this start's name and a
 * running number, so that an id of an earlier start is known to be unknown.
 */
export class EventHub {
  readonly #bus: NodeEventBus
  readonly #views: EventViews
  readonly #limits: HubLimits
  readonly #start = randomBytes(6).toString('base64url')
  readonly #readers = new Set<ServerResponse>()
  /** The last events as they were sent; `#first` is the number of the first of them. */
  readonly #kept: string[] = []
  #first = 1
  readonly #changedRoots = new Set<string>()
  #changedCatalogue = false
  #changedMesh = false
  #changedAlerts = false
  #soon: NodeJS.Timeout | undefined
  #meshTimer: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined

  constructor(bus: NodeEventBus, views: EventViews, limits: HubLimits = httpLimits) {
    this.#bus = bus
    this.#views = views
    this.#limits = limits
  }

  readonly #onCatalogue = (): void => {
    this.#changedCatalogue = true
    this.#flushSoon()
  }

  readonly #onAlerts = (): void => {
    this.#changedAlerts = true
    this.#flushSoon()
  }

  readonly #onProgress = (root: string): void => {
    this.#changedRoots.add(root)
    this.#flushSoon()
  }

  readonly #onMesh = (): void => {
    if (this.#meshTimer !== undefined) {
      this.#changedMesh = true
      return
    }
    this.#send({ event: 'mesh', data: this.#views.mesh() })
    this.#meshTimer = setTimeout(() => {
      this.#meshTimer = undefined
      if (!this.#changedMesh) return
      this.#changedMesh = false
      this.#onMesh()
    }, this.#limits.meshIntervalMs)
  }

  start(): void {
    this.#bus.on('catalogue', this.#onCatalogue)
    this.#bus.on('progress', this.#onProgress)
    this.#bus.on('mesh', this.#onMesh)
    this.#bus.on('alerts', this.#onAlerts)
    this.#heartbeat = setInterval(() => this.#sendText(': \n\n'), this.#limits.eventHeartbeatMs)
  }

  /** Ends every stream. */
  stop(): void {
    this.#bus.off('catalogue', this.#onCatalogue)
    this.#bus.off('progress', this.#onProgress)
    this.#bus.off('mesh', this.#onMesh)
    this.#bus.off('alerts', this.#onAlerts)
    clearInterval(this.#heartbeat)
    clearTimeout(this.#soon)
    clearTimeout(this.#meshTimer)
    this.#soon = undefined
    this.#meshTimer = undefined
    for (const reader of this.#readers) reader.destroy()
    this.#readers.clear()
  }

  get readers(): number {
    return this.#readers.size
  }

  /** Of the last event: what a page shows that is made now is no older. */
  get lastId(): string {
    return `${this.#start}-${this.#first + this.#kept.length - 1}`
  }

  isFull(): boolean {
    return this.#readers.size >= this.#limits.eventStreams
  }

  /** Takes over a response whose head is written. @param lastId the Last-Event-ID header, if the page was here before */
  add(reader: ServerResponse, lastId: string | undefined): void {
    this.#readers.add(reader)
    reader.on('close', () => this.#readers.delete(reader))
    // Errors of the socket end in `close`; there is nobody to tell.
    reader.on('error', () => {})
    // An event with an id and no data is not dispatched, but remembered: a page that saw nothing yet can resume as well.
    let text = `retry: ${this.#limits.eventRetryMs}\nid: ${this.lastId}\n\n`
    if (lastId !== undefined) {
      const missed = this.#since(lastId)
      text = missed === null ? `${text}event: reset\ndata: {}\n\n` : `${text}${missed.join('')}`
    }
    this.#write(reader, text)
  }

  /** The events after an id, or null when they are not all known any more. */
  #since(lastId: string): string[] | null {
    const match = /^([\w-]+)-(\d{1,15})$/.exec(lastId)
    if (match === null || match[1] !== this.#start) return null
    const from = Number(match[2]) + 1 - this.#first
    return from < 0 || from > this.#kept.length ? null : this.#kept.slice(from)
  }

  #flushSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined
      if (this.#changedCatalogue) this.#send({ event: 'catalogue', data: this.#views.catalogue() })
      this.#changedCatalogue = false
      if (this.#changedAlerts) this.#send({ event: 'alerts', data: this.#views.alerts() })
      this.#changedAlerts = false
      const roots = [...this.#changedRoots]
      this.#changedRoots.clear()
      for (const root of roots) {
        const data = this.#views.progress(root)
        if (data !== null) this.#send({ event: 'progress', data })
      }
    }, this.#limits.progressIntervalMs)
  }

  #send({ event, data }: ServerEvent): void {
    const id = this.#first + this.#kept.length
    const text = `id: ${this.#start}-${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    this.#kept.push(text)
    if (this.#kept.length > this.#limits.eventsKept) {
      this.#kept.shift()
      this.#first += 1
    }
    this.#sendText(text)
  }

  #sendText(text: string): void {
    for (const reader of this.#readers) this.#write(reader, text)
  }

  /** A reader that does not read is dropped: it comes back and resumes, or is told to start afresh. */
  #write(reader: ServerResponse, text: string): void {
    if (reader.destroyed) return
    reader.write(text)
    if (reader.writableLength > this.#limits.eventBacklogBytes) reader.destroy()
  }
}
