import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What the pages for paper call the two faces, and how the built files of these begin. */
const faces = [
  ['Bricolage Grotesque', 'bricolage-grotesque-latin-wght'],
  ['Atkinson Hyperlegible Next', 'atkinson-hyperlegible-next-latin-wght'],
] as const

/** The exhibition's own type for paper, from the built user interface; nothing where that is not built. */
export async function printFonts(uiDir: string): Promise<string> {
  let names: string[]
  try {
    names = await readdir(join(uiDir, 'assets'))
  } catch {
    // Not built: the browser's own type does.
    return ''
  }
  return faces
    .flatMap(([family, start]) => {
      const name = names.find((one) => one.startsWith(start) && /^[\w.-]+\.woff2$/.test(one))
      return name === undefined
        ? []
        : [
            `@font-face{font-family:"${family}";font-weight:200 800;src:url(/assets/${name}) format("woff2")}\n`,
          ]
    })
    .join('')
}
