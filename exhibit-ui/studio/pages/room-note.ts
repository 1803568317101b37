import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { shared } from '../../styles/shared.ts'
import { DraftStep } from '../draft-step.ts'
import { finalSlug } from '../model/draft.ts'
import { nodeClient } from '../send/node-client.ts'
import { NodeRefusedError } from '../send/node-errors.ts'
import { studioStyles } from '../studio-styles.ts'

/** Says before anything is computed or sent that this node would not take the work, and why; says nothing while it would. */
@customElement('room-note')
export class RoomNote extends DraftStep {
  @state() private problem = ''
  @state() private detail = ''
  #askedOf = ''

  static override styles = [shared, studioStyles]

  protected override updated(): void {
    const { draft, studio } = this
    if (draft === undefined || studio === undefined || draft.signed !== undefined) return
    const size = draft.files.reduce((sum, file) => sum + file.size, 0)
    const slug = finalSlug(draft)
    // Asked anew when the files changed, and when the node had something new to say of what waits.
    const asked = `${slug} ${size} ${studio.works?.map(({ versions, standing }) => `${standing}${versions.length}`).join()}`
    if (size === 0 || slug === '' || asked === this.#askedOf) return
    this.#askedOf = asked
    void this.#ask({ artist: draft.did, slug, size })
  }

  async #ask(work: { artist: string; slug: string; size: number }): Promise<void> {
    try {
      await nodeClient.room(work)
      this.problem = ''
    } catch (error) {
      // No answer, or a busy node: sending waits for it by itself.
      const isRefused =
        error instanceof NodeRefusedError && (error.status < 500 || error.problem === 'disk-full')
      this.problem = isRefused ? error.problem : ''
      this.detail = isRefused ? error.detail : ''
    }
  }

  protected override render() {
    const { problem, detail, t } = this
    if (problem === '') return nothing
    const words = t.send.problems
    return html`<div class="note" role="status">
      <p>${words[problem as 'other'] ?? words.other}</p>
      ${detail === '' ? nothing : html`<p class="hint" lang="en">${detail}</p>`}
      <p class="hint">${t.send.roomLater}</p>
    </div>`
  }
}
