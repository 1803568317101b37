import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeHtml, html, trusted } from '../../../../node/http/lite/html.ts'

describe('the template', () => {
  test('escapes what is not markup, in text and in attributes', () => {
    const hostile = `"><script>alert('x')</script>&amp;`
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    )
  })

  test('takes markup of its own as it is, lists item by item, and nothing for what is not there', () => {
    const items = ['<a>', html`<b>${'<b>'}</b>`, trusted('<i>c</i>'), 7, 0]
    expect(html`${items}${null}${undefined}${false}`.markup).toBe('&lt;a&gt;<b>&lt;b&gt;</b><i>c</i>70')
  })

  test('lets no text out of where it stands, and loses nothing a reader sees', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text)
        expect(escaped).not.toMatch(/[<>"']/)
        expect(escaped.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
      }),
    )
    expect(escapeHtml('a\u0000b\u001fc\td\n')).toBe('a b c\td\n')
  })
})
