import { css, html, svg } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { TrackId } from '../../node/http/contract.ts'
import { cellPath, drawSeal, fullCells, newCells, sealCells, sealOf } from '../../artworks/format/seal.ts'
import { shared, trackInks } from '../styles/shared.ts'
import { GalleryElement } from './gallery-element.ts'

/**
 * The seal of one version of a work. A cell is a dot until its part of the work is here.
 * With `label` it is a picture with words; without, the words stand beside it.
 */
@customElement('work-seal')
export class WorkSeal extends GalleryElement {
  @property() root = ''
  @property() cells = fullCells
  @property() track: TrackId | undefined
  @property() label: string | undefined

  /** Cells that came with the last change: these take their form with a motion. */
  #fresh: readonly number[] = []

  static override styles = [
    shared,
    trackInks,
    css`
      svg {
        display: block;
        width: 100%;
        height: auto;
        overflow: visible;
      }
      .inked {
        fill: var(--track-surface);
      }
      .sun {
        fill: var(--sun);
      }
      .dots {
        fill: var(--soft);
      }
      .fresh {
        transform-box: fill-box;
        transform-origin: center;
        animation: form var(--calm) ease-out;
      }
      @keyframes form {
        from {
          transform: scale(0.14);
        }
      }
      @media (forced-colors: active) {
        .inked,
        .dots {
          fill: CanvasText;
        }
        .sun {
          fill: Highlight;
        }
      }
    `,
  ]

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('cells')
    const sameWork = this.hasUpdated && !changed.has('root')
    this.#fresh = sameWork && before !== undefined ? newCells(before, this.cells) : []
  }

  protected override render() {
    const settled = Array.from({ length: sealCells }, (_, index) =>
      this.cells[index] === '1' && !this.#fresh.includes(index) ? '1' : '0',
    ).join('')
    const drawing = drawSeal(this.root, settled)
    const cells = sealOf(this.root)
    const labelled = this.label !== undefined
    return html`<svg
      viewBox="0 0 6 6"
      data-track=${this.track ?? ''}
      role=${labelled ? 'img' : 'presentation'}
      aria-label=${this.label ?? ''}
      aria-hidden=${labelled ? 'false' : 'true'}
    >
      <path class="dots" d=${drawing.dots}></path>
      <path class="inked" d=${drawing.track}></path>
      <path class="sun" d=${drawing.sun}></path>
      ${this.#fresh.map((index) => {
        const cell = cells[index]
        return (
          cell && svg`<path class="fresh ${cell.sun ? 'sun' : 'inked'}" d=${cellPath(cell, index)}></path>`
        )
      })}
    </svg>`
  }
}
