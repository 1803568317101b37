import type { Page } from 'playwright-core'

export type Language = 'nl' | 'en'

export interface Shot {
  readonly name: string
  /** Below the language; from the root where it begins with a slash. `LANG` stands for the language. */
  readonly path: string
  /** Only what is on the screen, not the whole page. */
  readonly screen?: boolean
  /** What is there when the page is; a heading unless said. */
  readonly until?: string
  /** Done before the picture is taken; `snap` takes more on the way, by names of their own. */
  readonly before?: (page: Page, snap: (name: string) => Promise<void>) => Promise<unknown>
}

/** A node, or what looks like one, and the pictures to be taken of it. */
export interface Scene {
  readonly shots: readonly Shot[]
  readonly open: () => Promise<{ url: string; close: () => Promise<void> }>
}
