import { drawSeal, fullCells } from '../../artworks/format/seal.ts'
import type { TrackId } from '../../artworks/format/records.ts'
import { html, trusted } from './lite/html.ts'
import type { Html } from './lite/html.ts'

interface Inks {
  readonly track: string
  readonly sun: string
  readonly dots: string
  readonly field: string
}

const light: Readonly<Record<TrackId, Inks>> = {
  'public-ai': { track: '#d8381f', sun: '#f5b800', dots: '#5d584c', field: '#f9e3da' },
  'next-socials': { track: '#2440d8', sun: '#f5b800', dots: '#5d584c', field: '#e2e3ef' },
  'digital-autonomy': { track: '#0b7a4a', sun: '#f5b800', dots: '#5d584c', field: '#dfe9dc' },
  'decentralised-web': { track: '#a3128c', sun: '#f5b800', dots: '#5d584c', field: '#f1deea' },
}
const dark: Readonly<Record<TrackId, Inks>> = {
  'public-ai': { track: '#ff7a5f', sun: '#ffd24a', dots: '#aaa392', field: '#341f18' },
  'next-socials': { track: '#8ea0ff', sun: '#ffd24a', dots: '#aaa392', field: '#222433' },
  'digital-autonomy': { track: '#45c98d', sun: '#ffd24a', dots: '#aaa392', field: '#192a20' },
  'decentralised-web': { track: '#f07fdc', sun: '#ffd24a', dots: '#aaa392', field: '#33202f' },
}
const fillsOf = ({ track, sun, dots, field }: Inks): string =>
  `.t{fill:${track}}.s{fill:${sun}}.d{fill:${dots}}.f{fill:${field}}`

/** A whole seal for paper, with its words beside it. */
export function sealOnPaper(root: string, track: TrackId): Html {
  const drawing = drawSeal(root, fullCells)
  const inks = light[track]
  return html`<svg class="seal" viewBox="0 0 6 6" width="60" height="60" aria-hidden="true">
    <path fill="${inks.track}" d="${trusted(drawing.track)}" />
    <path fill="${inks.sun}" d="${trusted(drawing.sun)}" />
  </svg>`
}

/** The seal in its field of tint, four by three: a picture of a work that has no other. @param cells as in `Progress` */
export function sealPicture(root: string, track: TrackId, cells: string): string {
  const drawing = drawSeal(root, cells)
  const paths = [
    `<path class="f" d="M0 0h10v7.5H0z"/>`,
    `<g transform="translate(2 .75)"><path class="t" d="${drawing.track}"/><path class="s" d="${drawing.sun}"/><path class="d" d="${drawing.dots}"/></g>`,
  ].join('')
  const style = `${fillsOf(light[track])}@media(prefers-color-scheme:dark){${fillsOf(dark[track])}}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 7.5" width="320" height="240"><style>${style}</style>${paths}</svg>`
}
