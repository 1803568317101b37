import type { HttpContext } from '../context.ts'
import { escapeHtml } from '../lite/html.ts'
import { pickText } from '../lite/language.ts'
import type { Language } from '../lite/language.ts'
import { firstAnswersOf } from './first-answers.ts'
import { leadHero } from './lead-hero.ts'
import { leadPicture, leadPoster } from './lead-picture.ts'
import { placeOf } from './page-place.ts'
import { scriptsFor } from './ui-parts.ts'
import type { UiParts } from './ui-parts.ts'

const FONTS = '<link rel="preload" as="font"'
const MODULE = '<link rel="modulepreload" crossorigin'
const SCRIPTS = /<link rel="modulepreload"|<script type="module"/g
/** Where the document itself has what is seen first, the styles, letters and picture of it go before scripts. */
const LATER = 'fetchpriority="low"'

/**
 * The gallery's page with what it needs first: its title, the scripts and the picture that this address leads to, and the
 * answers that it would ask for. As data in the document, which no browser runs and no policy needs to allow.
 * @param page as it was built, in the visitor's language
 */
export async function galleryPage(
  context: HttpContext,
  { page, parts, path, language }: { page: string; parts: UiParts; path: string; language: Language },
): Promise<string> {
  const [bare = '', query] = path.split('?', 2)
  const place = placeOf(bare)
  // A choice of works is looked up by the page itself, which knows what an address can say.
  const { exhibition, work, first, brought } = await firstAnswersOf(
    context,
    query !== undefined && place.page === 'works' ? { page: 'unknown' } : place,
  )
  const scripts = scriptsFor(parts, place, work?.medium)
  const head = scripts.map((address) => `${MODULE} href="${address}">`)
  head.push(leadPoster(first).markup)
  const lead =
    work !== undefined
      ? leadPicture(work, language).markup
      : place.page === 'welcome' && exhibition !== null
        ? leadHero(exhibition, language).markup
        : ''
  // Inside the element, "<" could end it; in JSON it may be written in another way.
  const data = JSON.stringify(brought).replaceAll('<', String.raw`\u003c`)
  const titles = [pickText(work?.title, language), pickText(exhibition?.title, language)]
  const title = titles.filter((text) => text !== '').join(' · ')
  return [
    (text: string) =>
      title === '' ? text : put(text, /<title>[^<]*<\/title>/, `<title>${escapeHtml(title)}</title>`),
    (text: string) => before(text, text.includes(FONTS) ? FONTS : '</head>', head.join('')),
    (text: string) => before(text, '</exhibit-app>', lead),
    (text: string) => (lead === '' ? text : text.replaceAll(SCRIPTS, `$& ${LATER}`)),
    (text: string) =>
      before(text, '</body>', `<script type="application/json" id="brought">${data}</script>`),
  ].reduce((text, change) => change(text), page)
}

function put(text: string, what: RegExp, instead: string): string {
  return text.replace(what, () => instead)
}

function before(text: string, mark: string, more: string): string {
  return text.replace(mark, () => `${more}${mark}`)
}
