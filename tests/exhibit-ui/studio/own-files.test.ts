import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  candidatesWith,
  ownPath,
  scriptWith,
  styleWith,
} from '../../../exhibit-ui/studio/preview/own-files.ts'

const rename = (path: string): string | undefined => (path.startsWith('missing') ? undefined : `<${path}>`)

describe('a file of the work, named in another', () => {
  test.each([
    ['index.html', 'a.png', 'a.png'],
    ['index.html', './a%20b.png?v=2#x', 'a b.png'],
    ['css/main.css', '../img/a.png', 'img/a.png'],
    ['deep/a/index.html', '/root.js', 'root.js'],
    ['ü/index.html', 'é.png', 'ü/é.png'],
    // Beyond the folder there is nothing: a browser stays in it too.
    ['index.html', '../../etc/passwd', 'etc/passwd'],
    ['index.html', 'https://example.org/a.js', undefined],
    ['index.html', '//example.org/a.js', undefined],
    ['index.html', 'data:text/css,p{}', undefined],
    ['index.html', 'javascript:alert(1)', undefined],
    ['index.html', '#part', undefined],
    ['index.html', '', undefined],
    ['index.html', 'http://[', undefined],
  ])('in %s: %s is %s', (from, written, path) => expect(ownPath(from, written)).toBe(path))

  test('in style gets its place, and what is elsewhere stays', () => {
    const style = `@import 'b.css'; @import url("c.css");
p { background: url(../img/a.png), URL( 'd.png' ); mask: url(data:x) } i { background: url(../missing.png) }`
    expect(styleWith(style, 'css/a.css', rename)).toBe(
      `@import "<css/b.css>"; @import url("<css/c.css>");
p { background: url("<img/a.png>"), url("<css/d.png>"); mask: url(data:x) } i { background: url(../missing.png) }`,
    )
  })

  test('in script gets its place, bare names stay', () => {
    const script = `import a from './a.js'; import "../b.js"; export * from "./c.js"
import three from 'three'; const d = await import('./d.js'); new URL('x', import.meta.url); const text = 'from nowhere'`
    expect(scriptWith(script, 'js/main.js', rename)).toBe(
      `import a from '<js/a.js>'; import "<b.js>"; export * from "<js/c.js>"
import three from 'three'; const d = await import('<js/d.js>'); new URL('x', "http://work.invalid/js/main.js"); const text = 'from nowhere'`,
    )
  })

  test('in a choice of pictures gets its place', () => {
    expect(candidatesWith('a.png 1x, b.png 2x, https://x.example/c.png 3x', 'i.html', rename)).toBe(
      '<a.png> 1x, <b.png> 2x, https://x.example/c.png 3x',
    )
  })

  test('is always within the work, whatever is written', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (from, written) => {
        const path = ownPath(from, written)
        expect(path === undefined || !/^[a-z]+:\/\//i.test(path)).toBe(true)
      }),
    ))
})
