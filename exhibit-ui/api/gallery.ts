import type { ServerEvent } from '../../node/http/contract.ts'
import type { WorksFound } from '../../node/http/contracts/search.ts'
import { emptyGallery, withArtworks, withProgress } from '../model/gallery-state.ts'
import type { GalleryState } from '../model/gallery-state.ts'
import { choiceText, searchAddress } from '../model/works-query.ts'
import type { WorksChoice } from '../model/works-query.ts'
import { isBrought } from './brought-answers.ts'
import { fetchExhibition, fetchFound, fetchMesh, RefusedError } from './client.ts'
import { LiveEvents } from './live-events.ts'

type Listener = (state: GalleryState, before: GalleryState) => void

const retryAfterMs = 3000
/** What a page does not show itself (the works beside this one) is asked for when it has what it shows. */
const besideAfterMs = 400
/** What the welcome page shows of a track before it leads on to the list of all. */
const worksOfTracks = '/api/v1/search?each=24'
const nothingFound: WorksFound = {
  works: [],
  from: 0,
  total: 0,
  shown: 0,
  choices: { track: {}, medium: {}, language: {}, venue: [], artist: [] },
}

/** Keeps what the node says, as long as the page is open, and tells whoever listens when it changes. */
export class Gallery {
  #state: GalleryState = emptyGallery
  #listener: Listener
  #choice: WorksChoice | undefined
  #spread: 'all' | 'none' = 'none'
  readonly #live: LiveEvents
  // The state is read after the answer has come, never before: other answers come meanwhile.
  readonly #exhibition = new Refresh(async () => {
    const exhibition = await fetchExhibition()
    const { problem: _solved, ...rest } = this.#state
    this.#set({ ...rest, exhibition })
  }, this.#failed.bind(this))
  readonly #artworks = new Refresh(async () => {
    const found = await fetchFound(worksOfTracks)
    const works = { total: found.total, tracks: found.choices.track }
    this.#set({ ...withArtworks(this.#state, found.works), works })
  }, this.#failed.bind(this))
  readonly #found = new Refresh(async () => {
    const choice = this.#choice
    if (choice === undefined) return
    const text = choiceText(choice)
    const found = await this.#find(choice)
    this.#set({ ...this.#state, found: { ...found, choice: text } })
  }, this.#failed.bind(this))
  readonly #mesh = new Refresh(async () => {
    const mesh = await fetchMesh(this.#spread)
    this.#set({ ...this.#state, mesh })
  }, this.#failed.bind(this))

  constructor(listener: Listener) {
    this.#listener = listener
    this.#live = new LiveEvents({
      opened: () => {
        const again = this.#state.connection === 'lost'
        this.#set({ ...this.#state, connection: 'live' })
        if (again) this.refresh()
      },
      lost: () => this.#set({ ...this.#state, connection: 'lost' }),
      event: (event) => this.#hear(event),
    })
  }

  get state(): GalleryState {
    return this.#state
  }

  start(): void {
    for (const part of [this.#exhibition, this.#found, this.#mesh]) part.now()
    if (isBrought(worksOfTracks)) this.#artworks.now()
    else this.#artworks.in(besideAfterMs)
    this.#live.start()
  }

  stop(): void {
    this.#live.stop()
    for (const part of [this.#exhibition, this.#artworks, this.#found, this.#mesh]) part.stop()
  }

  /** What the list on the page is to hold. What it holds stays until the answer comes, so that nothing flickers. */
  find(choice: WorksChoice | undefined): void {
    if (choice !== undefined && this.#choice && choiceText(choice) === choiceText(this.#choice)) return
    this.#choice = choice
    this.#found.now()
  }

  /** Whether the page shows where every work is: with thousands of works that is a long answer. */
  spread(wanted: 'all' | 'none'): void {
    const more = wanted === 'all' && this.#spread === 'none'
    this.#spread = wanted
    if (more) this.#mesh.now()
  }

  async #find(choice: WorksChoice): Promise<WorksFound> {
    try {
      return await fetchFound(searchAddress(choice))
    } catch (error) {
      // An address that asks for what cannot be: there is nothing of it, and no use in asking again.
      if (error instanceof RefusedError && error.status === 400) return nothingFound
      throw error
    }
  }

  refresh(): void {
    this.#exhibition.now()
    this.#artworks.now()
    this.#found.now()
    this.#mesh.now()
  }

  retry(): void {
    this.#live.retry()
    this.refresh()
  }

  #hear(event: ServerEvent): void {
    switch (event.event) {
      case 'reset':
        this.refresh()
        break
      case 'catalogue':
        this.#artworks.now()
        this.#found.now()
        this.#exhibition.now()
        this.#mesh.now()
        break
      case 'mesh':
        this.#mesh.now()
        break
      case 'progress':
        this.#set(withProgress(this.#state, event.data.root, event.data.progress))
        break
      case 'alerts':
        // For the technicians' page.
        break
    }
  }

  #failed(error: unknown): void {
    if (error instanceof RefusedError) this.#set({ ...this.#state, problem: error.status })
    else if (this.#state.exhibition === undefined) this.#set({ ...this.#state, connection: 'lost' })
  }

  #set(state: GalleryState): void {
    const before = this.#state
    if (state === before) return
    this.#state = state
    this.#listener(state, before)
  }
}

/** One fetch at a time of one thing: events that come meanwhile ask for one more, and a failure for one later. */
class Refresh {
  readonly #work: () => Promise<void>
  readonly #failed: (error: unknown) => void
  #running = false
  #again = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(work: () => Promise<void>, failed: (error: unknown) => void) {
    this.#work = work
    this.#failed = failed
  }

  now(): void {
    clearTimeout(this.#timer)
    if (this.#running) this.#again = true
    else void this.#run()
  }

  in(ms: number): void {
    this.#timer = setTimeout(() => this.now(), ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      await this.#work()
    } catch (error) {
      this.#failed(error)
      this.in(retryAfterMs)
    }
    this.#running = false
    if (this.#again) {
      this.#again = false
      this.now()
    }
  }
}
