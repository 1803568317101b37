import { css, html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import type { MeshHealthView, SessionView, TechAction, TechNodeView } from '../../node/http/contracts/tech.ts'
import { shared } from '../styles/shared.ts'
import { fetchSession, logIn, logOut, order, TechRefusal } from './tech-client.ts'
import { saidText } from './model/said.ts'
import { saveFile } from './save-file.ts'
import { TechElement } from './tech-element.ts'
import { techStyles } from './tech-styles.ts'

const plain: readonly TechAction[] = ['identify', 'verify', 'gc', 'diagnostics']
/** What may be asked of many at once. */
const forAll: readonly TechAction[] = ['verify', 'gc']
const ALL = '*'
/** Who waits to be let in is looked at so often. */
const LOOK_MS = 5_000

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
  #lookedMs = 0

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

  protected override updated(changed: PropertyValues<this>): void {
    const nowMs = performance.now()
    const isDue = this.session?.loggedIn === true && !this.isBusy && nowMs - this.#lookedMs > LOOK_MS
    if (changed.has('view') && isDue) void this.#look(nowMs)
  }

  /** Who waits at the door, and whether one is logged in still; a node that does not answer is told of elsewhere on the page. */
  async #look(nowMs: number): Promise<void> {
    this.#lookedMs = nowMs
    try {
      const session = await fetchSession()
      if (!this.isBusy) this.session = session
    } catch {
      // Asked again in a moment.
    }
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
    const chosen = this.node === ALL ? undefined : (nodes.find(({ id }) => id === this.node) ?? nodes[0])
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
            ${nodes.length > 1 ? html`<option value=${ALL} ?selected=${chosen === undefined}>${words.allNodes}</option>` : nothing}
          </select>
        </label>
      </div>
      ${chosen === undefined ? this.#ordersForAll() : this.#ordersFor(chosen)}
      ${chosen?.id === view?.self ? this.#doorOf(session) : nothing}
      <div class="actions">${this.#button(words.logOut, () => this.#leave(session))}</div>`
  }

  readonly #setClock = (): void => this.#order('clock', { seconds: Math.round(Date.now() / 1000) })

  #ordersForAll() {
    const { words } = this
    return html`<div class="actions">
      ${this.#button(words.actions.clock, this.#setClock)}
      ${forAll.map((action) => this.#button(words.actions[action], () => this.#order(action)))}
    </div>`
  }

  #ordersFor({ id, name, place, health }: TechNodeView) {
    const { words } = this
    const isDraining = health?.draining === true
    return html` <div class="actions">
        ${plain.map((action) => this.#button(words.actions[action], () => this.#order(action)))}
        ${this.#button(words.actions.clock, this.#setClock)}
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
      ${keyed(
        id,
        html`<form @submit=${this.#onRename}>
          <label>${words.newName}<input name="name" value=${name} required maxlength="120" /></label>
          <label>${words.placeNl}<input name="nl" value=${place?.['nl'] ?? ''} maxlength="120" /></label>
          <label>${words.placeEn}<input name="en" value=${place?.['en'] ?? ''} maxlength="120" /></label>
          <button class="pill" ?disabled=${this.isBusy}>${words.actions.rename}</button>
        </form>`,
      )}`
  }

  /** The door of the exhibition, on the node that holds its key. */
  #doorOf({ joiningClosed, waiting = [] }: SessionView) {
    const { words } = this
    if (joiningClosed === undefined) return html`<p class="soft">${words.doorElsewhere}</p>`
    return html`<div class="actions">
        ${this.#button(joiningClosed ? words.actions.joiningOpen : words.actions.joining, () =>
          this.#order('joining', { on: joiningClosed }),
        )}
      </div>
      ${
        waiting.length === 0
          ? nothing
          : html`<h3>${words.waiting}</h3>
              <div class="actions">
                ${waiting.map(({ id, name }) =>
                  this.#button(`${words.actions.admit}: ${name}`, () => this.#order('admit', { node: id })),
                )}
              </div>`
      }`
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
    const csrf = this.session?.csrf
    const { view, node: chosen } = this
    if (view === undefined || csrf === undefined) return
    await this.#try(async () => {
      if (chosen === ALL) this.said = await this.#askAll(csrf, action, args)
      else this.said = (await this.#ask(csrf, chosen === '' ? view.self : chosen, action, args)).said
      this.session = await fetchSession()
      this.dispatchEvent(new Event('tech-ordered', { bubbles: true, composed: true }))
    })
  }

  async #ask(
    csrf: string,
    node: string,
    action: TechAction,
    args: object,
  ): Promise<{ said: string; isRefused: boolean }> {
    const { done, underWay, detail, data } = await order(csrf, node, action, args)
    if (data !== undefined) saveFile(data, `${this.names.get(node) ?? 'node'}-diagnostics.json.gz`)
    if (underWay) return { said: this.words.underWay, isRefused: false }
    const text = saidText(detail, this.words.said) ?? detail
    return { said: done ? text : `${this.words.notDone}: ${text}`, isRefused: !done }
  }

  /** One after the other: each is to be told by the mesh, and what each answers is under ‘What happened’ as well. */
  async #askAll(csrf: string, action: TechAction, args: object): Promise<string> {
    const nodes =
      this.view?.nodes.filter(({ state: standing, granted }) => granted && standing !== 'lost') ?? []
    const refusals: string[] = []
    for (const { id } of nodes) {
      const { said, isRefused } = await this.#ask(csrf, id, action, args)
      if (isRefused) refusals.push(`${this.names.get(id) ?? id}: ${said}`)
    }
    return [this.words.askedAll(nodes.length - refusals.length, nodes.length), ...refusals].join('. ')
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
