import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { Medium } from '../../../node/http/contract.ts'
import { bytesText } from '../../model/format.ts'
import { shared } from '../../styles/shared.ts'
import { DraftStep } from '../draft-step.ts'
import { selectField } from '../fields.ts'
import type { Draft } from '../model/draft.ts'
import { addFiles, guessWork } from '../model/work-file-list.ts'
import type { RefusedFile } from '../model/work-file-list.ts'
import { inspectFiles, measure } from '../read/inspect-files.ts'
import type { MediaNote } from '../read/inspect-files.ts'
import { filesOfDrop, filesOfInput } from '../read/local-files.ts'
import { ZipRefusedError } from '../read/unzip.ts'
import type { ZipRefusal } from '../read/unzip.ts'
import type { LocalFile } from '../send/hashed-work.ts'
import { nodeClient } from '../send/node-client.ts'
import { studioStyles } from '../studio-styles.ts'
import './room-note.ts'
import { filesStepStyles } from './files-step-styles.ts'

const mediaOfWorks: readonly Medium[] = [
  'image',
  'images',
  'video',
  'audio',
  'text',
  'interactive',
  'pdf',
  'model',
]
/** Files named in the list; more are counted. */
const listed = 40

/** The files of the work: chosen, dropped, taken with the camera or out of a zip. */
@customElement('files-step')
export class FilesStep extends DraftStep {
  @state() private isReading = false
  @state() private isOver = false
  @state() private refused: readonly RefusedFile[] = []
  @state() private zipRefused: ZipRefusal | undefined
  @state() private notes: readonly MediaNote[] = []
  @state() private isKept = true
  @state() private isLost = false
  @state() private room: number | undefined

  static override styles = [shared, studioStyles, filesStepStyles]

  override connectedCallback(): void {
    super.connectedCallback()
    void nodeClient.node().then(
      ({ storage }) => {
        this.room = Math.max(0, storage.freeBytes - storage.reserveBytes)
      },
      () => {
        // Not known is not said; the node says it when it is asked to take them.
      },
    )
    void this.studio?.files(this.draftId).then((files) => {
      this.isLost = files.length === 0 && (this.draft?.files.length ?? 0) > 0
      if (files.length > 0) void inspectFiles(files).then((notes) => (this.notes = notes))
    })
  }

  protected override render() {
    const { draft, t, language } = this
    if (draft === undefined) return nothing
    const words = t.files
    const total = draft.files.reduce((sum, { size }) => sum + size, 0)
    return html`<div class="step">
      <h1>${words.title}</h1>
      <div
        class="drop ${this.isOver ? 'over' : ''}"
        @dragover=${this.#over}
        @dragleave=${() => {
          this.isOver = false
        }}
        @drop=${this.#drop}
      >
        <p class="where">${words.drop}</p>
        <div class="actions">
          <label class="pill full pick"
            >${words.choose}<input
              id="files"
              type="file"
              multiple
              aria-label=${words.choose}
              @change=${this.#choose}
          /></label>
          <label class="pill pick folder"
            >${words.folder}<input
              type="file"
              webkitdirectory
              multiple
              aria-label=${words.folder}
              @change=${this.#choose}
          /></label>
        </div>
        <p class="hint">
          ${words.zipHint} ${this.room === undefined ? nothing : words.room(bytesText(this.room, language))}
        </p>
      </div>
      <p role="status" class=${this.isReading ? '' : 'hidden'}>${this.isReading ? words.reading : nothing}</p>
      ${this.#problems()}
      <room-note .studio=${this.studio} .language=${language} .draftId=${draft.id}></room-note>
      ${this.#list(draft, total)}
      ${
        draft.files.length === 0
          ? nothing
          : html`${selectField({
              id: 'medium',
              label: words.medium,
              value: draft.medium,
              options: [
                ...(draft.medium === '' ? [['', words.chooseMedium] as const] : []),
                ...mediaOfWorks.map((medium) => [medium, this.words.media[medium]] as const),
              ],
              onInput: (medium) => this.edit({ medium: medium as Medium }),
            })}
            ${
              draft.files.length === 1
                ? nothing
                : selectField({
                    id: 'entry',
                    label: words.entry,
                    hint: words.entryHint,
                    value: draft.entry,
                    options: [
                      ...(draft.entry === '' ? [['', words.chooseMedium] as const] : []),
                      ...draft.files.slice(0, 500).map(({ path }) => [path, path] as const),
                    ],
                    onInput: (entry) => void this.#begin(entry),
                  })
            }`
      }
    </div>`
  }

  #problems() {
    const words = this.t.files
    const noteText = (note: MediaNote): string => {
      switch (note.kind) {
        case 'lying':
          return words.media.lying(note.path, note.found)
        case 'unplayable':
          return words.media.unplayable(note.path, note.what)
        case 'unknown':
        case 'credentials':
        case 'heic':
        case 'tiff':
          return words.media[note.kind](note.path)
      }
    }
    const lines = [
      ...(this.zipRefused === undefined ? [] : [words.zip[this.zipRefused]]),
      ...this.refused.slice(0, 20).map(({ path, why }) =>
        // A name in any script, between marks that keep it from turning the line around.
        path === '' ? words.refused[why] : `\u2068${visible(path)}\u2069 ${words.refused[why]}`,
      ),
      ...this.notes.filter(({ kind }) => kind !== 'credentials').map(noteText),
    ]
    return html`<div role="alert" class=${lines.length === 0 ? 'hidden' : 'wrong'}>
        ${lines.map((line) => html`<p>${line}</p>`)}
      </div>
      ${this.notes.map((note) => (note.kind === 'credentials' ? html`<p class="note">${noteText(note)}</p>` : nothing))}
      ${this.isKept ? nothing : html`<p class="note">${words.notKept}</p>`}
      ${this.isLost ? html`<p class="note">${words.lost}</p>` : nothing}`
  }

  #list(draft: Draft, total: number) {
    if (draft.files.length === 0) return nothing
    const { t, language } = this
    const words = t.files
    const more = draft.files.length - listed
    return html`<section class="files">
      <h2>${words.list}</h2>
      <p class="soft">${words.total(draft.files.length, bytesText(total, language))}</p>
      <ul role="list">
        ${draft.files.slice(0, listed).map(
          ({ path, size }) =>
            html`<li>
              <span class="path">${path}</span>
              <span class="size soft">${bytesText(size, language)}</span>
              <button
                class="quiet"
                type="button"
                aria-label="${t.remove}: ${path}"
                @click=${() => this.#removeFile(path)}
              >
                ${t.remove}
              </button>
            </li>`,
        )}
        ${more > 0 ? html`<li class="soft">${words.more(more)}</li>` : nothing}
      </ul>
      <button class="quiet" type="button" @click=${() => void this.#take([], [])}>${words.removeAll}</button>
    </section>`
  }

  readonly #over = (event: DragEvent): void => {
    event.preventDefault()
    this.isOver = true
  }

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault()
    this.isOver = false
    if (event.dataTransfer !== null) void this.#add(filesOfDrop(event.dataTransfer))
  }

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const reading = filesOfInput(input.files ?? [])
    void this.#add(reading).finally(() => {
      // So that the same file can be chosen again.
      input.value = ''
    })
  }

  async #add(reading: Promise<LocalFile[]>): Promise<void> {
    this.isReading = true
    this.zipRefused = undefined
    this.refused = []
    try {
      const before = (await this.studio?.files(this.draftId)) ?? []
      const { files, refused } = addFiles(before, await reading)
      await this.#take(files, refused)
    } catch (error) {
      if (error instanceof ZipRefusedError) this.zipRefused = error.code
      else this.refused = [{ path: '', why: 'special' }]
    } finally {
      this.isReading = false
    }
  }

  async #take(files: readonly LocalFile[], refused: readonly RefusedFile[]): Promise<void> {
    const { draft, studio } = this
    if (draft === undefined || studio === undefined) return
    const paths = files.map(({ path }) => path)
    const guess = guessWork(paths)
    const isThere = (path: string): boolean => paths.includes(path)
    if (draft.signed !== undefined) studio.unsign(draft.id)
    this.isKept = await studio.setFiles(draft.id, files, {
      medium: isThere(draft.entry) && draft.medium !== '' ? draft.medium : guess.medium,
      entry: isThere(draft.entry) ? draft.entry : guess.entry,
      poster: isThere(draft.poster) ? draft.poster : guess.poster,
      captions: guess.captions.map((one) => draft.captions.find(({ path }) => path === one.path) ?? one),
    })
    this.refused = refused
    this.isLost = false
    this.notes = await inspectFiles(files)
    await this.#begin(this.draft?.entry ?? '')
  }

  async #begin(entry: string): Promise<void> {
    const files = (await this.studio?.files(this.draftId)) ?? []
    const blob = files.find(({ path }) => path === entry)?.blob
    const measured = blob === undefined ? {} : await measure(entry, blob)
    this.studio?.measured(this.draftId, entry, measured)
  }

  async #removeFile(path: string): Promise<void> {
    const files = (await this.studio?.files(this.draftId)) ?? []
    await this.#take(
      files.filter((file) => file.path !== path),
      [],
    )
  }
}

/** Marks of direction and of control made visible: a name is shown as it is, not as it wants to look. */
function visible(path: string): string {
  return path.slice(0, 120).replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
}
