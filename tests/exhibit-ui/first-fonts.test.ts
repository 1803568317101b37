import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lettersIn } from '../../exhibit-ui/first-fonts.ts'
import { messages } from '../../exhibit-ui/locales/messages.ts'

const sheet = fileURLToPath(new URL('../../exhibit-ui/styles/fonts.css', import.meta.url))

/** Every text of ours, whatever it is made of. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

describe('the letters that come first', () => {
  it("are those of a style sheet's range", () => {
    expect(lettersIn('a{unicode-range:U+41-43, U+20AC;}')).toBe('ABC€')
    expect(lettersIn('a{}')).toBe('')
  })

  it('are enough for every text of the gallery', async () => {
    const letters = new Set(lettersIn(await readFile(sheet, 'utf8')))
    const missing = textsIn(messages).flatMap((text) => Array.from(text).filter((one) => !letters.has(one)))
    expect([...new Set(missing)]).toEqual([])
  })

  it('are the same for both faces', async () => {
    const ranges = (await readFile(sheet, 'utf8')).match(/unicode-range:[^;]+/g) ?? []
    expect(ranges).toHaveLength(2)
    expect(ranges[1]).toBe(ranges[0])
  })
})
