import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { phoneRenditionsOf } from '../model/renditions.ts'

/**
 * Stands in a `picture` before its image: what a phone may choose from. As `leadPicture` of the node has it too, or the picture in
 * the document would be fetched twice.
 */
export function phoneSource(url: string, sizes: string): TemplateResult | typeof nothing {
  const srcset = phoneRenditionsOf(url)
  if (srcset === undefined) return nothing
  return html`<source media="(max-width: 599.98px)" sizes=${sizes} srcset=${srcset} />`
}
