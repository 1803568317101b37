import type { ArtworkDetail, ArtworkSummary } from '../contract.ts'
import { html } from '../lite/html.ts'
import type { Html } from '../lite/html.ts'
import { pick } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import { renditionPath } from '../lite/rendition-path.ts'
import { renditionWidths } from '../../store/rendition.ts'

/** Broader than this, and the gallery hangs the label below the work instead of beside it (`exhibit-ui/model/hanging.ts`). */
const broad = 1.3

/** As `phoneSource` of the gallery says it: more pixels than these nobody sees on a phone. */
const onPhones = '(max-width: 599.98px)'
const phoneWidth = 1088

/**
 * A work's picture in the document itself, so that it is seen before any script has run: in the widths, the size and the place in
 * which the gallery's viewer shows it. Nothing where it is not what is seen first.
 */
export function leadPicture(work: ArtworkDetail, language: Language): Html {
  const { dimensions, entry, medium, progress, track, warnings } = work
  const isHere = progress.complete || progress.cause === 'elsewhere'
  if (medium !== 'image' || dimensions === undefined || !isHere || warnings.length > 0) return html``
  const { width, height } = dimensions
  const alt = pick(work.alt, language)
  const place = `min(100vw, ${Math.ceil((100 * width) / height)}vh)`
  const hangs = progress.complete && width / height > broad ? 'first-art' : 'first-art beside'
  return html`<div slot="art" class="${hangs}" data-track="${track}">
    <picture>
      <source media="${onPhones}" srcset="${widthsOf(entry.url, phoneWidth)}" sizes="${place}" />
      <img
        src="${entry.url}"
        srcset="${widthsOf(entry.url)}"
        sizes="${place}"
        width="${width}"
        height="${height}"
        alt="${alt?.text}"
        lang="${alt?.language ?? language}"
        fetchpriority="high"
      />
    </picture>
  </div>`
}

/** How broad `work-picture` says that a picture in a list is. */
const sizesInList = '(min-width: 900px) 34vw, 100vw'

/** Fetches the poster that hangs first in a list, before the script that hangs it has come. */
export function leadPoster(work: ArtworkSummary | undefined): Html {
  // A poster may show the very thing that a visitor is warned of: the gallery hangs it for none but sound.
  if (work?.poster === undefined || work.warnings.some(({ kind }) => kind !== 'sound')) return html``
  const { url } = work.poster
  if (widthsOf(url) === '') return html``
  const link = (media: string, widths: string): Html =>
    html`<link
      rel="preload"
      as="image"
      media="${media}"
      imagesrcset="${widths}"
      imagesizes="${sizesInList}"
      fetchpriority="high"
    />`
  return html`${link(onPhones, widthsOf(url, phoneWidth))}${link(`not all and ${onPhones}`, widthsOf(url))}`
}

function widthsOf(url: string, most = Number.POSITIVE_INFINITY): string {
  const widths = renditionWidths.filter((width) => width <= most)
  const candidates = widths.map((width) => ({ path: renditionPath(url, width), width }))
  return candidates
    .filter(({ path }) => path !== url)
    .map(({ path, width }) => `${path.replaceAll(',', '%2C')} ${width}w`)
    .join(', ')
}
