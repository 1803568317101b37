import { css, html, nothing, svg } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { shared } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/** Quiet zone that readers need, in modules. */
const quiet = 4

/** An address as a code that another phone reads. Always dark on light: that is what readers look for. */
@customElement('qr-code')
export class QrCode extends GalleryElement {
  @property() address = ''
  @property() label = ''
  @state() private drawing: { size: number; path: string } | undefined

  static override styles = [
    shared,
    css`
      svg {
        display: block;
        width: 100%;
        background: #fff;
        forced-color-adjust: none;
      }
      path {
        fill: #000;
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('address') && this.address !== '') void this.#draw(this.address)
  }

  async #draw(address: string): Promise<void> {
    const { encode } = await import('uqr')
    const { data, size } = encode(address, { border: 0, ecc: 'M' })
    const path = data
      .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '')))
      .join('')
    if (address === this.address) this.drawing = { size: size + 2 * quiet, path }
  }

  protected override render() {
    if (this.drawing === undefined) return nothing
    const { size, path } = this.drawing
    return html`<svg
      viewBox="0 0 ${size} ${size}"
      role="img"
      aria-label=${this.label}
      shape-rendering="crispEdges"
    >
      ${svg`<path d=${path}></path>`}
    </svg>`
  }
}
