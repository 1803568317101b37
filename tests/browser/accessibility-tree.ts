import type { Page } from 'playwright-core'

/** A node of the tree that screen readers are given, as far as it is told at all. */
export interface AccessibleNode {
  readonly role: string
  readonly name: string
  readonly level: number | undefined
  readonly live: string
}

/** What a screen reader is given of a page, in the order in which it reads. */
export async function accessibilityTree(page: Page): Promise<AccessibleNode[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const found: AccessibleNode[] = []
  const visit = (id: string): void => {
    const node = byId.get(id)
    if (node === undefined) return
    const property = (name: string): unknown =>
      node.properties?.find((one) => (one.name as string) === name)?.value.value
    if (!node.ignored) {
      const level = property('level')
      const live = property('live')
      found.push({
        role: String(node.role?.value ?? ''),
        name: String(node.name?.value ?? '').trim(),
        level: typeof level === 'number' ? level : undefined,
        live: typeof live === 'string' ? live : '',
      })
    }
    for (const child of node.childIds ?? []) visit(child)
  }
  const root = nodes.find((node) => node.parentId === undefined)
  if (root !== undefined) visit(root.nodeId)
  return found
}

/** Whatever one can act on or look at says what it is. */
const named = new Set([
  ...['link', 'button', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'spinbutton', 'slider'],
  ...['image', 'img', 'Iframe', 'dialog', 'navigation', 'region', 'progressbar', 'listbox', 'Video', 'Audio'],
])

/**
 * What would leave a listener guessing: nameless controls and pictures, headings that skip, landmarks that lack.
 * @param changes whether the page changes while it is open, and so has somewhere to say it
 */
export function faultsOfTree(tree: readonly AccessibleNode[], { changes = true } = {}): string[] {
  const faults = tree
    .filter(({ role, name }) => named.has(role) && name === '')
    .map(({ role }) => `nameless ${role}`)
  const headings = tree.filter(({ role }) => role === 'heading')
  const first = headings.filter(({ level }) => level === 1)
  if (first.length !== 1) faults.push(`${first.length} headings of the first level`)
  // A work hangs before its title: a text brings headings of its own, below the first level.
  let before = 1
  for (const { level = 0, name } of headings) {
    if (level > before + 1) faults.push(`heading '${name}' goes from level ${before} to ${level}`)
    if (name === '') faults.push(`nameless heading of level ${level}`)
    before = level
  }
  const places = ['banner', 'main', 'contentinfo'].map((role) => tree.findIndex((node) => node.role === role))
  if (places.includes(-1))
    faults.push(`landmarks that lack: banner, main, contentinfo at ${places.join(', ')}`)
  else if (places.some((at, i) => at < (places[i - 1] ?? 0))) faults.push('landmarks out of order')
  if (tree.filter(({ role }) => role === 'main').length > 1) faults.push('more than one main')
  if (changes && !tree.some(({ role, live }) => role === 'status' || live === 'polite'))
    faults.push('no live region')
  const navigations = tree.filter(({ role }) => role === 'navigation').map(({ name }) => name)
  if (new Set(navigations).size < navigations.length) faults.push('navigations of the same name')
  return faults
}
