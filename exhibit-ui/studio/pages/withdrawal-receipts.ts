import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { WithdrawalView } from '../../../node/http/contracts/studio.ts'
import { shared } from '../../styles/shared.ts'
import { checkReceipts } from '../model/check-receipts.ts'
import type { Receipt } from '../model/check-receipts.ts'
import { saveFile } from '../save-file.ts'
import { nodeClient } from '../send/node-client.ts'
import { StudioElement } from '../studio-element.ts'
import { studioStyles } from '../studio-styles.ts'

/** Which nodes have signed that they let go of a withdrawn work, and which have not been heard of yet. */
@customElement('withdrawal-receipts')
export class WithdrawalReceipts extends StudioElement {
  @property() slug = ''
  @state() private receipts: readonly Receipt[] = []
  #view: WithdrawalView | undefined
  #askedOf: unknown

  static override styles = [shared, studioStyles]

  protected override updated(): void {
    // Asked anew each time the node had something new to say of the mesh.
    const of = this.studio?.mesh
    if (this.#askedOf === of) return
    this.#askedOf = of
    void this.#ask()
  }

  async #ask(): Promise<void> {
    const did = this.studio?.keys.owner?.did
    if (did === undefined) return
    try {
      this.#view = await nodeClient.withdrawal(did, this.slug)
      this.receipts = await checkReceipts(this.#view)
    } catch {
      // No answer now: what was heard before stands, and it is asked again.
    }
  }

  protected override render() {
    const words = this.t.work
    const { receipts } = this
    if (receipts.length === 0) return nothing
    const signed = receipts.filter(({ state }) => state === 'signed').length
    const wordOf = { signed: words.heard, forged: words.forged, none: words.notHeardYet }
    return html`<section>
      <div role="status"><h2>${words.heardOf(signed, receipts.length)}</h2></div>
      <p class="hint">${words.whereHint}</p>
      <ul role="list" class="rows">
        ${receipts.map(({ name, state }) => html`<li><strong>${name}</strong><br /><span>${wordOf[state]}</span></li>`)}
      </ul>
      <button class="pill" type="button" ?disabled=${signed === 0} @click=${this.#save}>
        ${words.saveReceipts}
      </button>
    </section>`
  }

  readonly #save = (): void => {
    saveFile(`${this.slug}-receipts.json`, `${JSON.stringify(this.#view, null, 2)}\n`)
  }
}
