import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { MeshHealthView, SessionView, TechAction } from '../../node/http/contracts/tech.ts'
import { shared } from '../styles/shared.ts'
import { fetchSession, logIn, logOut, order, TechRefusal } from './tech-client.ts'
import { saidText } from './model/said.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

const plain: readonly TechAction[] = ['identify', 'verify', 'gc', 'diagnostics']

/** Logging in, and what one may order then. */
@customElement('order-panel')
export class OrderPanel extends TechElement {
  @property({ attribute: false }) view: MeshHealthView | undefined
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map()
  @state() private session: SessionView | undefined
  @state() private said = ''
  @state() private isBusy = false
  @state() private node = ''
  @state() private isSure = false
  @query('#passphrase') private passphrase!: HTMLInputElement

  static override styles = [
    shared,
    techStyles,
    css`
      form,
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: end;
        padding-block: 12px;
      }
      pre {
        overflow-x: auto;
        padding: 12px;
        border: var(--line) solid var(--ink);
      }
      p {
        max-width: 65ch;
      }
      .said {
        min-height: 1.6em;
        font-weight: 700;
      }
      .pill.sure {
        background: var(--public-ai);
        border-color: var(--public-ai);
        color: var(--paper);
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#try(async () => {
      this.session = await fetchSession()
    })
  }

  protected override render() {
    const { words, session } = this
    return html`<h2>${words.orders}</h2>
      ${session === undefined ? nothing : session.loggedIn ? this.#orders(session) : this.#door(session)}
      <p class="said" role="status">${this.isBusy ? words.busy : this.said}</p>`
  }

  #door({ configured }: SessionView) {
    const { words } = this
    if (!configured) {
      return html`<p>${words.unset}</p>
        <p>${words.howToSet}</p>
        <pre tabindex="0">mesh-art tech passphrase</pre>`
    }
    return html`<p>${words.why}</p>
      <form @submit=${this.#onLogIn}>
        <label for="passphrase">
          ${words.passphrase}
          <input id="passphrase" type="password" autocomplete="current-password" required maxlength="256" />
        </label>
        <button class="pill full" ?disabled=${this.isBusy}>${words.logIn}</button>
      </form>`
  }

  #orders(session: SessionView) {
    const { words, view } = this
    const nodes = view?.nodes ?? []
    const chosen = nodes.find(({ id }) => id === this.node) ?? nodes[0]
    const isDraining = chosen?.health?.draining === true
    const isSelf = chosen?.id === view?.self
    return html`<p>${words.loggedIn}</p>
      <div class="actions">
        <label>
          ${words.chooseNode}
          <select
            @change=${(event: Event) => {
              this.node = (event.target as HTMLSelectElement).value
              this.isSure = false
            }}
          >
            ${nodes.map(
              ({ id }) =>
                html`<option value=${id} ?selected=${id === chosen?.id}>${this.names.get(id)}</option>`,
            )}
          </select>
        </label>
      </div>
      <div class="actions">
        ${plain.map((action) => this.#button(words.actions[action], () => this.#order(action)))}
        ${this.#button(words.actions.clock, () => this.#order('clock', { seconds: Math.round(Date.now() / 1000) }))}
        ${this.#button(isDraining ? words.actions.undrain : words.actions.drain, () =>
          this.#order('drain', { on: !isDraining }),
        )}
        ${this.#button(
          this.isSure ? words.sureRestart : words.actions.restart,
          () => {
            if (this.isSure) this.#order('restart')
            this.isSure = !this.isSure
          },
          this.isSure ? 'sure' : '',
        )}
      </div>
      <form @submit=${this.#onRename}>
        <label>${words.newName}<input name="name" required maxlength="120" /></label>
        <label>${words.placeNl}<input name="nl" maxlength="120" /></label>
        <label>${words.placeEn}<input name="en" maxlength="120" /></label>
        <button class="pill" ?disabled=${this.isBusy}>${words.actions.rename}</button>
      </form>
      ${
        isSelf
          ? html`<div class="actions">
                ${this.#button(
                  session.joiningClosed === true ? words.actions.joiningOpen : words.actions.joining,
                  () => this.#order('joining', { on: session.joiningClosed === true }),
                )}
              </div>
              ${
                (session.waiting ?? []).length === 0
                  ? nothing
                  : html`<h3>${words.waiting}</h3>
                      <div class="actions">
                        ${session.waiting?.map(({ id, name }) =>
                          this.#button(`${words.actions.admit}: ${name}`, () =>
                            this.#order('admit', { node: id }),
                          ),
                        )}
                      </div>`
              }`
          : nothing
      }
      <div class="actions">${this.#button(words.logOut, () => this.#leave(session))}</div>`
  }

  #button(label: string, run: () => void, kind = '') {
    return html`<button class="pill ${kind}" type="button" ?disabled=${this.isBusy} @click=${run}>
      ${label}
    </button>`
  }

  readonly #onLogIn = (event: SubmitEvent): void => {
    event.preventDefault()
    void this.#try(async () => {
      this.session = await logIn(this.passphrase.value)
    })
  }

  readonly #onRename = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const field = (name: string): string => {
      const value = form.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    const place = Object.fromEntries(
      ['nl', 'en'].map((tag) => [tag, field(tag)]).filter(([, text]) => text !== ''),
    )
    this.#order('rename', { name: field('name'), ...(Object.keys(place).length === 0 ? {} : { place }) })
  }

  #leave({ csrf = '' }: SessionView): void {
    void this.#try(async () => {
      this.session = await logOut(csrf)
    })
  }

  #order(action: TechAction, args: object = {}): void {
    void this.#give(action, args)
  }

  async #give(action: TechAction, args: object): Promise<void> {
    const node = this.node === '' ? this.view?.self : this.node
    const csrf = this.session?.csrf
    if (node === undefined || csrf === undefined) return
    await this.#try(async () => {
      const { done, underWay, detail, data } = await order(csrf, node, action, args)
      if (data !== undefined) save(data, `${this.names.get(node) ?? 'node'}-diagnostics.json.gz`)
      this.said = underWay
        ? this.words.underWay
        : `${done ? '' : `${this.words.notDone}: `}${saidText(detail, this.words.said) ?? detail}`
      this.session = await fetchSession()
      this.dispatchEvent(new Event('tech-ordered', { bubbles: true, composed: true }))
    })
  }

  async #try(run: () => Promise<void>): Promise<void> {
    this.isBusy = true
    this.said = ''
    try {
      await run()
    } catch (error) {
      this.said = this.#explain(error)
      if (error instanceof TechRefusal && error.status === 401 && this.session?.loggedIn === true)
        this.session = { configured: true, loggedIn: false }
    } finally {
      this.isBusy = false
    }
  }

  #explain(error: unknown): string {
    const { words } = this
    if (!(error instanceof TechRefusal)) return words.failed
    if (error.status === 429) return words.wait(error.retryAfter)
    return error.status === 401 ? words.wrong : words.failed
  }
}

function save(base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/gzip' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
