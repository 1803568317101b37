import { afterFrame, afterPicture } from './components/after-frame.ts'
import { ExhibitApp } from './components/exhibit-app.ts'

const begin = (): void => customElements.define('exhibit-app', ExhibitApp)

// What the document brought is to be seen before the work of making the page begins.
const picture = document.querySelector<HTMLImageElement>('exhibit-app img')
if (picture !== null) afterPicture(picture, begin)
else if (performance.getEntriesByName('first-contentful-paint').length > 0) begin()
else afterFrame(begin)
