import { getDocument, PDFWorker, TextLayer, version } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist/legacy/build/pdf.mjs'
// oxlint-disable-next-line import/default -- Vite makes the worker of it.
import BookWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker'
import jbig2 from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpeg from 'pdfjs-dist/wasm/openjpeg.wasm?url'

/** Decoders of images that some publications hold; fetched when one does. */
const decoders: Readonly<Record<string, string>> = { 'jbig2.wasm': jbig2, 'openjpeg.wasm': openjpeg }

/** Copied by the build from the package. */
const characterMap = /^[\w-]{1,40}\.bcmap$/

/** Pixels of one image in a page, and bytes of one page as it is drawn: what an old phone can hold. */
const mostImagePixels = 40_000_000
const mostCanvasBytes = 64_000_000

class Decoders {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = characterMap.test(filename) ? `/assets/cmap-${version}-${filename}` : decoders[filename]
    if (address === undefined) throw new Error(`no ${filename} here`)
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${filename}: ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}

/** A publication, drawn a page at a time. Runs no script of its author, and fetches nothing but its own parts. */
export class PdfBook {
  readonly #document: PDFDocumentProxy
  readonly #worker: PDFWorker
  #task: RenderTask | undefined
  #last = 0

  private constructor(document: PDFDocumentProxy, worker: PDFWorker) {
    this.#document = document
    this.#worker = worker
  }

  /** @throws {Error} for a file that cannot be read, or that asks for a password */
  static async open(url: string): Promise<PdfBook> {
    const worker = PDFWorker.create({ port: new BookWorker() })
    try {
      const document = await getDocument({
        url,
        worker,
        isEvalSupported: false,
        enableXfa: false,
        useWorkerFetch: false,
        useWasm: true,
        BinaryDataFactory: Decoders,
        // Pages as they are looked at: not the whole file over the air for the first of them.
        disableAutoFetch: true,
        disableStream: true,
        maxImageSize: mostImagePixels,
        canvasMaxAreaInBytes: mostCanvasBytes,
      }).promise
      return new PdfBook(document, worker)
    } catch (error) {
      worker.destroy()
      throw error
    }
  }

  get pages(): number {
    return this.#document.numPages
  }

  /** Breadth divided by height. */
  async ratio(number: number): Promise<number> {
    const page = await this.#document.getPage(number)
    const { width, height } = page.getViewport({ scale: 1 })
    return width / height
  }

  /**
   * Draws a page as broad as asked, in CSS pixels, and lays its words over it, so that they can be selected and read out.
   * @returns whether there are words; undefined when another page has been asked for meanwhile
   */
  async draw(
    number: number,
    width: number,
    canvas: HTMLCanvasElement,
    words: HTMLElement,
  ): Promise<boolean | undefined> {
    this.#last += 1
    const mine = this.#last
    this.#task?.cancel()
    const page = await this.#document.getPage(number)
    const text = await page.getTextContent()
    if (mine !== this.#last) return undefined
    const scale = width / page.getViewport({ scale: 1 }).width
    const viewport = page.getViewport({ scale })
    const most = Math.sqrt(mostCanvasBytes / 4 / (viewport.width * viewport.height))
    const density = Math.min(devicePixelRatio, 2, most)
    canvas.width = Math.floor(viewport.width * density)
    canvas.height = Math.floor(viewport.height * density)
    this.#task = page.render({
      canvas,
      viewport,
      ...(density !== 1 && { transform: [density, 0, 0, density, 0, 0] }),
    })
    try {
      await this.#task.promise
    } catch (error) {
      // Cancelled by a call that came after this one.
      if (mine !== this.#last) return undefined
      throw error
    }
    words.replaceChildren()
    words.style.setProperty('--total-scale-factor', String(scale))
    await new TextLayer({ textContentSource: text, container: words, viewport }).render()
    // Pdf.js measures words on a canvas of its own, which is nothing to see or to read out.
    for (const measure of document.querySelectorAll<HTMLElement>('body > .hiddenCanvasElement'))
      measure.hidden = true
    page.cleanup()
    return words.textContent.trim() !== ''
  }

  async close(): Promise<void> {
    this.#last += 1
    this.#task?.cancel()
    await this.#document.destroy()
    this.#worker.destroy()
  }
}
