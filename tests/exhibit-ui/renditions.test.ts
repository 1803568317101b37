import { describe, expect, it } from 'vitest'
import { renditionsOf, renditionUrl } from '../../exhibit-ui/model/renditions.ts'
import { renditionWidths } from '../../node/store/rendition.ts'

describe('the smaller widths of an image', () => {
  it('are those that a node makes', () => {
    const set = renditionsOf('/works/bafyroot/beelden/een,twee.webp') ?? ''
    expect(set.split(', ').map((candidate) => candidate.split(' '))).toEqual(
      renditionWidths.map((width) => [`/renditions/bafyroot/${width}/beelden/een%2Ctwee.webp`, `${width}w`]),
    )
    expect(renditionUrl('/works/bafyroot/a.PNG', 800)).toBe('/renditions/bafyroot/800/a.PNG')
  })

  it('are none of what is no picture that a node reads', () => {
    for (const url of ['/works/bafyroot/a.svg', '/works/bafyroot/a.gif', '/elsewhere/a.webp', '']) {
      expect(renditionsOf(url)).toBeUndefined()
      expect(renditionUrl(url, 320)).toBe(url)
    }
  })
})
