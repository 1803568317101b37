import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { hasContentCredentials } from '../../artworks/format/content-credentials.ts'
import type { ReadAt } from '../../artworks/format/content-credentials.ts'
import type { ArtworkDetail } from '../../node/http/contract.ts'
import { GalleryElement } from '../components/gallery-element.ts'
import { en } from '../locales/check/en.ts'
import { nl } from '../locales/check/nl.ts'
import { shared } from '../styles/shared.ts'

/** Files looked into: pictures, sound and film, in the order of the work. */
const MOST_LOOKED_AT = 40
/** Asked for at once: the headers of most files are in their first piece. */
const PIECE = 64 * 1024

/** Says which files of a work hold Content Credentials: this browser looks itself, and keeps out of what they claim. */
@customElement('content-credentials')
export class ContentCredentials extends GalleryElement {
  @property({ attribute: false }) work: ArtworkDetail | undefined
  @state() private found: readonly string[] = []
  #lookedAt = ''

  static override styles = [shared]

  protected override updated(): void {
    const { work } = this
    if (work === undefined || work.manifest === this.#lookedAt) return
    this.#lookedAt = work.manifest
    this.found = []
    void this.#look(work)
  }

  async #look({ manifest, files }: ArtworkDetail): Promise<void> {
    const media = files.filter(({ mediaType }) => /^(image|video|audio)\//.test(mediaType))
    for (const { path, url, size } of media.slice(0, MOST_LOOKED_AT)) {
      try {
        if (!(await hasContentCredentials(readerOf(url, size)))) continue
      } catch {
        // Not here yet, or no answer: nothing is said of it.
        continue
      }
      if (this.#lookedAt !== manifest) return
      this.found = [...this.found, path]
    }
  }

  protected override render() {
    if (this.found.length === 0) return nothing
    const words = this.language === 'nl' ? nl : en
    return html`<p>${words.credentials}</p>
      <ul>
        ${this.found.map((path) => html`<li>${path}</li>`)}
      </ul>
      <p class="soft">${words.credentialsMeans}</p>`
  }
}

/** Reads by Range, a piece at a time. */
function readerOf(url: string, size: number): ReadAt {
  let piece: { at: number; bytes: Uint8Array } | undefined
  return async (at, length) => {
    if (at >= size) return new Uint8Array()
    const end = Math.min(size, at + length)
    if (piece === undefined || at < piece.at || end > piece.at + piece.bytes.length) {
      const range = `bytes=${at}-${Math.min(size, at + PIECE) - 1}`
      const response = await fetch(url, { credentials: 'omit', headers: { range } })
      if (response.status !== 206 && response.status !== 200) throw new Error(`${response.status}`)
      const bytes = new Uint8Array(await response.arrayBuffer())
      piece = { at: response.status === 200 ? 0 : at, bytes }
    }
    return piece.bytes.subarray(at - piece.at, end - piece.at)
  }
}
