import { property } from 'lit/decorators.js'
import type { Draft } from './model/draft.ts'
import { StudioElement } from './studio-element.ts'

/** One step of making a work: reads its draft, and writes what changes at once. */
export class DraftStep extends StudioElement {
  @property() draftId = ''

  protected get draft(): Draft | undefined {
    return this.studio?.draft(this.draftId)
  }

  /** What is signed is signed: from the first change on it is a draft again, to be signed anew. */
  protected edit(change: Partial<Draft>): void {
    const isSigned = this.draft?.signed !== undefined
    if (isSigned) this.studio?.unsign(this.draftId)
    this.studio?.edit(this.draftId, change)
  }
}
