import { noChange } from 'lit'
import { Directive, directive, PartType } from 'lit/directive.js'
import type { ElementPart, PartInfo } from 'lit/directive.js'

/**
 * Sets style properties of an element through the object model. Lit's own `styleMap` writes a style attribute the first
 * time, which the content security policy forbids.
 */
class SetStyles extends Directive {
  constructor(info: PartInfo) {
    super(info)
    if (info.type !== PartType.ELEMENT) throw new TypeError('setStyles stands in a tag, not in an attribute')
  }

  render(_styles: Readonly<Record<string, string>>): typeof noChange {
    return noChange
  }

  override update(part: ElementPart, [styles]: [Readonly<Record<string, string>>]): typeof noChange {
    const { style } = part.element as HTMLElement
    for (const [name, value] of Object.entries(styles)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value)
    }
    return noChange
  }
}

export const setStyles = directive(SetStyles)
