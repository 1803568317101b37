import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstSentences } from '../../../../node/http/print/labels-page.ts'
import { wifiCode } from '../../../../node/http/print/wifi-code.ts'
import { appOf, exhibition } from '../exhibition-fixture.ts'
import { mixedExhibition } from '../lite/lite-fixture.ts'
import { markupProblems } from '../lite/markup-check.ts'

describe('wall labels', () => {
  test('say who made a work, how to find it, and whose key signed it', async () => {
    const { app } = await appOf(await mixedExhibition())
    const answer = await app.inject({ url: '/nl/print/labels', headers: { host: 'kunst.lan' } })
    expect(markupProblems(answer.body)).toEqual([])
    expect(answer.body.match(/class="label"/g)).toHaveLength(11)
    expect(answer.body).toMatch(
      /<p class="maker">A\. Maker<\/p>\s*<h2 class="title">\s*Werk beeld\s*<\/h2>[^]*?<code>\w{4} \w{4}<\/code>/,
    )
    expect(answer.body).not.toContain('<script')
  })

  test('are of the works that are chosen', async () => {
    const { app } = await appOf(await mixedExhibition())
    const count = async (query: string) =>
      (await app.inject(`/en/print/labels?${query}`)).body.match(/class="label"/g)?.length ?? 0
    expect(await count('works=beeld,film,nietbestaand')).toBe(2)
    expect(await count('track=next-socials')).toBe(2)
    expect(await count('track=next-socials&works=beeld')).toBe(0)
    expect((await app.inject('/en/print/labels?track=x')).statusCode).toBe(400)
  })

  test('cut a statement after a sentence, or a word', () => {
    expect(firstSentences('Kort.', 20)).toBe('Kort.')
    expect(firstSentences('Een zin die past. Een zin die niet meer past, want te lang.', 30)).toBe(
      'Een zin die past.',
    )
    expect(firstSentences('Een zin zonder einde en zonder punt', 20)).toBe('Een zin zonder einde …')
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), fc.integer({ min: 10, max: 300 }), (text, length) => {
        expect(firstSentences(text, length).length).toBeLessThanOrEqual(length + 2)
      }),
    )
  })
})

describe('the sign', () => {
  test('carries the network as cameras read it', () => {
    expect(wifiCode('Kunst', '')).toBe('WIFI:T:nopass;S:Kunst;;')
    expect(wifiCode('a;b:c', String.raw`p\"w,`)).toBe(String.raw`WIFI:T:WPA;S:a\;b\:c;P:p\\\"w\,;;`)
  })

  test('is in both languages, and asks for the network where it is not told', async () => {
    const { app } = await appOf(await exhibition())
    const empty = await app.inject('/nl/print/sign')
    expect(empty.body.match(/class="qr"/g)).toHaveLength(2)
    const told = await app.inject({
      url: '/nl/print/sign?ssid=Kunst%20%3Cb%3E&password=geheim',
      headers: { host: 'kunst.lan' },
    })
    expect(told.body.match(/class="qr"/g)).toHaveLength(4)
    expect(told.body).toContain('<p class="big">Kunst &lt;b&gt;</p>')
    expect(told.body).toContain('<p class="big">http://kunst.lan</p>')
    expect(told.body).toContain('Join the Wi-Fi')
    expect(told.headers['cache-control']).toBe('no-store')
    for (const { body } of [empty, told]) expect(markupProblems(body)).toEqual([])
    expect((await app.inject(`/nl/print/sign?ssid=${'x'.repeat(33)}`)).statusCode).toBe(400)
  })
})
