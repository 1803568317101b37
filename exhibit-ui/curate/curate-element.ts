import { css } from 'lit'
import { GalleryElement } from '../components/gallery-element.ts'
import { en } from '../locales/curate/en.ts'
import { nl } from '../locales/curate/nl.ts'
import type { CurateMessages } from '../locales/curate/nl.ts'

/** An element that speaks of curating in the page's language; of works it speaks as the gallery does. */
export class CurateElement extends GalleryElement {
  protected get says(): CurateMessages {
    return this.language === 'nl' ? nl : en
  }
}

/** Fields and notices, as all of these pages have them. */
export const formStyles = css`
  label,
  .field {
    display: grid;
    gap: 6px;
  }
  .name {
    font-weight: 650;
  }
  input[type='file'],
  input[type='text'],
  input[type='password'],
  textarea {
    width: 100%;
    min-height: 48px;
    padding: 10px 12px;
    border: var(--hairline);
    border-radius: 0;
    background: transparent;
    color: var(--ink);
    font: inherit;
  }
  textarea {
    min-height: 6.5em;
    resize: vertical;
  }
  .bad {
    border-left: 6px solid var(--public-ai-surface);
    padding-left: 12px;
  }
  .good {
    border-left: 6px solid var(--digital-autonomy-surface);
    padding-left: 12px;
  }
`
