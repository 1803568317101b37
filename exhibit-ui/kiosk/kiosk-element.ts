import { GalleryElement } from '../components/gallery-element.ts'
import { en } from '../locales/kiosk/en.ts'
import { nl } from '../locales/kiosk/nl.ts'
import type { KioskMessages } from '../locales/kiosk/nl.ts'

/** An element that speaks of the screen in the page's language; of works it speaks as the gallery does. */
export class KioskElement extends GalleryElement {
  protected get says(): KioskMessages {
    return this.language === 'nl' ? nl : en
  }
}
