/**
 * Runs in the frame before the work, as text: it may name nothing outside itself. What the work asks for while it runs, by
 * `fetch`, a worker, a picture it makes, is found among its own files.
 * @param files addresses by path
 * @param base stands for the folder of the page that is shown
 */
export function prelude(files: Readonly<Record<string, string>>, base: string): void {
  const found = (given: unknown): string => {
    const text = String(given)
    try {
      const url = new URL(text, base)
      // A name is of the work whatever stands for its folder: this nobody's address, or the frame's own.
      const isOwn = url.origin === new URL(base).origin || url.origin === new URL(location.href).origin
      return (isOwn ? files[decodeURIComponent(url.pathname.slice(1))] : undefined) ?? text
    } catch {
      return text
    }
  }
  const realFetch = globalThis.fetch
  globalThis.fetch = (input, init) =>
    realFetch(input instanceof Request ? new Request(found(input.url), input) : found(input), init)
  type Method = (...args: unknown[]) => unknown
  const change = (owner: object, name: string, args: (given: unknown[], on: unknown) => unknown[]): void => {
    const real = Reflect.get(owner, name) as Method
    Reflect.set(owner, name, function changed(this: unknown, ...given: unknown[]) {
      return Reflect.apply(real, this, args(given, this))
    })
  }
  change(XMLHttpRequest.prototype, 'open', ([method, address, ...rest]) => [method, found(address), ...rest])
  for (const name of ['Worker', 'Audio', 'FontFace'] as const) {
    const Real = globalThis[name] as unknown as new (...args: unknown[]) => object
    const made = function made(...args: unknown[]): object {
      const changed = args.map((given, at) => {
        if (name === 'FontFace')
          return at === 1 && typeof given === 'string'
            ? given.replaceAll(/url\((["']?)([^"')]+)\1\)/g, (_, __, path: string) => `url("${found(path)}")`)
            : given
        return at === 0 && given !== undefined ? found(given) : given
      })
      return new Real(...changed)
    }
    made.prototype = Real.prototype as object
    Object.assign(globalThis, { [name]: made })
  }
  const attributes: readonly (readonly [{ prototype: object }, string])[] = [
    [HTMLImageElement, 'src'],
    [HTMLMediaElement, 'src'],
    [HTMLSourceElement, 'src'],
    [HTMLScriptElement, 'src'],
    [HTMLVideoElement, 'poster'],
    [HTMLLinkElement, 'href'],
  ]
  for (const [{ prototype }, name] of attributes) {
    const real = Object.getOwnPropertyDescriptor(prototype, name)
    if (real === undefined) continue
    const set = Reflect.get(real, 'set') as Method
    Object.defineProperty(prototype, name, {
      ...real,
      set(this: unknown, value: unknown) {
        Reflect.apply(set, this, [found(value)])
      },
    })
  }
  change(Element.prototype, 'setAttribute', ([name, value], on) => {
    const isAddress =
      /^(src|poster|href|xlink:href)$/i.test(String(name)) && !(on instanceof HTMLAnchorElement)
    return [name, isAddress ? found(value) : value]
  })
  // What comes by `innerHTML` passes none of the above: it is mended when it is there.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        for (const element of [node, ...node.querySelectorAll('[src], [poster]')]) {
          for (const name of ['src', 'poster']) {
            const written = element.getAttribute(name)
            if (written !== null && found(written) !== written) element.setAttribute(name, written)
          }
        }
      }
    }
  }).observe(document, { subtree: true, childList: true })
  // Another page of the work: the page around this frame shows it in a new one.
  addEventListener('click', (event) => {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement)
    const written = link?.getAttribute('href')
    if (written === null || written === undefined || written.startsWith('#')) return
    event.preventDefault()
    try {
      const path = decodeURIComponent(new URL(written, base).pathname.slice(1))
      if (path in files) parent.postMessage({ meshArtPreviewPage: path }, '*')
    } catch {
      // No address: it leads nowhere, here as anywhere.
    }
  })
}
