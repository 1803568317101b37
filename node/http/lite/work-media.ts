import type { ArtworkDetail } from '../contract.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { pick, pickText } from './language.ts'
import type { Language } from './language.ts'
import { renditionPath } from './rendition-path.ts'
import { liteWords } from './words.ts'

/** Images of a series on one page. */
const IMAGES_SHOWN = 60

/** The work itself, as far as markup alone can show it. @param text of a work of text, once it has been read */
export function workMedia(work: ArtworkDetail, language: Language, text: Html | null): Html {
  const words = liteWords[language].work
  const { entry } = work
  const file = (label: string): Html => html`<a class="button" href="${entry.url}" download>${label}</a>`
  switch (work.medium) {
    case 'image':
      return html`<p><a href="${entry.url}">${image(work, entry.url, language)}</a></p>
        <p><a href="${entry.url}">${words.original}</a></p>`
    case 'images':
      return html`${imagesOf(work).map(
        (url, i, { length }) =>
          html`<p><a href="${url}">${image(work, url, language, ` (${i + 1}/${length})`)}</a></p> `,
      )}`
    case 'audio':
      return html`<p>
          <audio
            controls
            preload="none"
            src="${entry.url}"
            aria-label="${pickText(work.title, language)}"
          ></audio>
        </p>
        <p>${words.noPlay} <a href="${entry.url}">${entry.path}</a></p>`
    case 'video':
      return html`<p>
          <video
            controls
            preload="none"
            src="${entry.url}"
            aria-label="${pickText(work.title, language)}"
            ${size(work)}${
              work.poster !== undefined && html` poster="${renditionPath(work.poster.url, 800)}"`
            }
          >
            ${captions(work, language)}
          </video>
        </p>
        <p>
          ${words.noPlay} <a href="${entry.url}">${entry.path}</a>${work.captions.map(
            ({ lang, url }) => html` · <a href="${url}" hreflang="${lang}">${words.captions} (${lang})</a>`,
          )}
        </p>`
    case 'text':
      return text === null
        ? html`<p>${file(words.open)}</p>`
        : html`<div class="work-text" ${langOf(work, language)}>${text}</div>`
    case 'interactive':
      return html`${poster(work, language)}
        <p class="notice">${words.interactive}</p>
        <p><a class="button full" href="${entry.url}" target="_blank" rel="noopener">${words.open}</a></p>`
    case 'model':
      return html`${poster(work, language)}
        <p class="notice">${words.model}</p>
        <p>${file(`${words.download} (GLB)`)}</p>`
    case 'pdf':
      return html`${poster(work, language)}
        <p><a class="button" href="${entry.url}">${words.open}</a> ${file(`${words.download} (PDF)`)}</p>`
  }
}

/** @param number added to its words, where one of several has none of its own */
function image(work: ArtworkDetail, url: string, language: Language, number = ''): Html {
  const alt = pick(work.alt, language)
  const lang = alt !== undefined && alt.language !== language && html` lang="${alt.language}"`
  return html`<img
    src="${renditionPath(url, 1088)}"
    alt="${alt?.text}${number}"
    ${lang}${url === work.entry.url ? size(work) : null}
  />`
}

function poster(work: ArtworkDetail, language: Language): Html | null {
  if (work.poster === undefined) return null
  const alt = pick(work.poster.alt, language)
  const lang = alt !== undefined && alt.language !== language && html` lang="${alt.language}"`
  return html`<p><img src="${renditionPath(work.poster.url, 800)}" alt="${alt?.text}" ${lang} /></p> `
}

function size({ dimensions }: ArtworkDetail): Html | null {
  return dimensions === undefined ? null : html` width="${dimensions.width}" height="${dimensions.height}"`
}

/** Captions in the page's language are on by themselves. */
function captions(work: ArtworkDetail, language: Language): readonly Html[] {
  return work.captions.map(
    ({ lang, url }) =>
      html`<track
        kind="captions"
        src="${url}"
        srclang="${lang}"
        label="${lang}"
        ${lang === language && html` default`}
      />`,
  )
}

/** A text file is in one language: the one its title comes in where that is not the page's. */
function langOf(work: ArtworkDetail, language: Language): Html | null {
  const said = pick(work.title, language)
  return said === undefined || said.language === language ? null : html` lang="${said.language}"`
}

/** Images beside the entry, by name as a person counts (2 before 10), without the poster. */
function imagesOf(work: ArtworkDetail): readonly string[] {
  const folder = work.entry.path.slice(0, work.entry.path.lastIndexOf('/') + 1)
  const images = work.files.filter(
    ({ path, url, mediaType }) =>
      mediaType.startsWith('image/') &&
      path.startsWith(folder) &&
      !path.slice(folder.length).includes('/') &&
      (url !== work.poster?.url || path === work.entry.path),
  )
  if (images.length === 0) return [work.entry.url]
  return images
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
    .slice(0, IMAGES_SHOWN)
    .map(({ url }) => url)
}
