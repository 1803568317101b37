import { describe, expect, it } from 'vitest'
import { phoneRenditionsOf, renditionsOf, renditionUrl } from '../../exhibit-ui/model/renditions.ts'
import { renditionWidths } from '../../node/store/rendition.ts'

describe('the smaller widths of an image', () => {
  it('are those that a node makes', () => {
    const set = renditionsOf('/works/bafyroot/beelden/een,twee.webp') ?? ''
    expect(set.split(', ').map((candidate) => candidate.split(' '))).toEqual(
      renditionWidths.map((width) => [`/renditions/bafyroot/${width}/beelden/een%2Ctwee.webp`, `${width}w`]),
    )
    expect(renditionUrl('/works/bafyroot/a.PNG', 800)).toBe('/renditions/bafyroot/800/a.PNG')
  })

  it('are fewer for phones, and the same as far as they go', () => {
    const all = renditionsOf('/works/bafyroot/a.webp') ?? ''
    const some = phoneRenditionsOf('/works/bafyroot/a.webp') ?? ''
    expect(all.startsWith(`${some}, `)).toBe(true)
    expect(some.endsWith(' 1088w')).toBe(true)
    expect(phoneRenditionsOf('/works/bafyroot/a.svg')).toBeUndefined()
  })

  it('are none of what is no picture that a node reads', () => {
    for (const url of ['/works/bafyroot/a.svg', '/works/bafyroot/a.gif', '/elsewhere/a.webp', '']) {
      expect(renditionsOf(url)).toBeUndefined()
      expect(renditionUrl(url, 320)).toBe(url)
    }
  })
})
