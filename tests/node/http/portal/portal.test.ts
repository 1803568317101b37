import { describe, expect, test } from 'vitest'
import { Acknowledged } from '../../../../node/http/portal/acknowledged.ts'
import { OwnNames } from '../../../../node/http/portal/own-names.ts'
import { probeOf, probes } from '../../../../node/http/portal/probes.ts'
import type { HttpLimits } from '../../../../node/http/limits.ts'
import type { HttpApp } from '../../../../node/http/valibot-provider.ts'
import { appOf, exhibition } from '../exhibition-fixture.ts'
import type { Exhibition } from '../exhibition-fixture.ts'
import { markupProblems } from '../lite/markup-check.ts'

const shortName = 'kunst.lan'

interface Portal {
  readonly app: HttpApp
  readonly made: Exhibition
  readonly ask: (
    url: string,
    options?: { method?: 'GET' | 'HEAD' | 'POST'; from?: string },
  ) => Promise<Answer>
}
type Answer = Awaited<ReturnType<HttpApp['inject']>>

async function portal({
  limits = {},
  named = true,
}: { limits?: Partial<HttpLimits>; named?: boolean } = {}): Promise<Portal> {
  const made = await exhibition()
  const listen = { ...made.deps.listen, ...(named ? { shortName } : {}) }
  const { app } = await appOf({ ...made, deps: { ...made.deps, listen } }, limits)
  const ask: Portal['ask'] = (url, { method = 'GET', from = '10.0.0.7' } = {}) => {
    const { host, pathname, search } = new URL(url)
    return app.inject({ method, url: `${pathname}${search}`, headers: { host }, remoteAddress: from })
  }
  return { app, made, ask }
}

const seen = `http://${shortName}/portal`

/** As the systems themselves ask, and what they take for the internet: kept apart from the table they are answered from. */
const asked: readonly [system: string, url: string, status: number, body: string][] = [
  ['Android', 'http://connectivitycheck.gstatic.com/generate_204', 204, ''],
  ['Android', 'http://www.google.com/gen_204', 204, ''],
  ['Android, Xiaomi', 'http://connect.rom.miui.com/generate_204', 204, ''],
  ['GrapheneOS', 'http://connectivitycheck.grapheneos.network/generate_204', 204, ''],
  ['ChromeOS', 'http://www.gstatic.com/generate_204', 204, ''],
  [
    'iOS',
    'http://captive.apple.com/hotspot-detect.html',
    200,
    '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  ],
  [
    'iOS, random path',
    'http://captive.apple.com/aB3/xyz.html',
    200,
    '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  ],
  [
    'macOS',
    'http://www.apple.com/library/test/success.html',
    200,
    '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  ],
  ['Windows 11', 'http://www.msftconnecttest.com/connecttest.txt', 200, 'Microsoft Connect Test'],
  ['Windows 11, IPv6', 'http://ipv6.msftconnecttest.com/connecttest.txt', 200, 'Microsoft Connect Test'],
  ['Windows 7', 'http://www.msftncsi.com/ncsi.txt', 200, 'Microsoft NCSI'],
  ['Firefox', 'http://detectportal.firefox.com/success.txt?ipv4', 200, 'success\n'],
  [
    'Firefox',
    'http://detectportal.firefox.com/canonical.html',
    200,
    '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>',
  ],
  ['GNOME', 'http://nmcheck.gnome.org/check_network_status.txt', 200, 'NetworkManager is online\n'],
  ['Debian', 'http://network-test.debian.org/nm', 200, 'NetworkManager is online\n'],
  ['Arch', 'http://ping.archlinux.org/nm-check.txt', 200, 'NetworkManager is online\n'],
  ['Ubuntu', 'http://connectivity-check.ubuntu.com/', 204, ''],
  ['Fedora', 'http://fedoraproject.org/static/hotspot.txt', 200, 'OK'],
  ['KDE', 'http://networkcheck.kde.org/', 200, 'OK\n'],
]

describe('a system that looks for the internet', () => {
  test.each(asked)('%s at %s', async (_system, url, status, body) => {
    const { ask } = await portal()
    const before = await ask(url)
    expect([before.statusCode, before.headers.location]).toEqual([302, seen])
    expect(before.headers['cache-control']).toBe('no-store')
    expect((await ask(`http://${shortName}/portal/stay`)).headers.location).toBe('/portal/ready?lang=en')
    const after = await ask(url)
    expect([after.statusCode, after.body]).toEqual([status, body])
    expect(after.headers['cache-control']).toBe('no-store')
    expect((await ask(url, { method: 'HEAD' })).body).toBe('')
    // Another phone has not chosen yet.
    expect((await ask(url, { from: '10.0.0.8' })).statusCode).toBe(302)
  })

  test('NetworkManager is told by its header too', async () => {
    const { ask } = await portal()
    await ask(`http://${shortName}/portal/stay`)
    const answer = await ask('http://connectivity-check.ubuntu.com/')
    expect(answer.headers['x-networkmanager-status']).toBe('online')
  })

  test('Windows opens the portal, whatever it has heard before', async () => {
    const { ask } = await portal()
    await ask(`http://${shortName}/portal/stay`)
    expect((await ask('http://www.msftconnecttest.com/redirect')).headers.location).toBe(seen)
  })

  test('hears of the portal by RFC 8908', async () => {
    const { ask } = await portal()
    const before = await ask(`http://${shortName}/captive-portal/api`)
    expect(before.headers['content-type']).toContain('application/captive+json')
    expect(before.json()).toEqual({
      captive: true,
      'user-portal-url': seen,
      'venue-info-url': `http://${shortName}/`,
    })
    await ask(`http://${shortName}/portal/stay`)
    expect((await ask(`http://${shortName}/captive-portal/api`)).json()).toMatchObject({ captive: false })
  })

  test('is led to the address it reached where the node has no short name', async () => {
    const { ask } = await portal({ named: false })
    const answer = await ask('http://captive.apple.com/hotspot-detect.html')
    expect(answer.headers.location).toMatch(/^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\/portal$/)
  })

  test('has one answer for one question', () => {
    for (const { hosts, paths, open } of probes) {
      for (const host of hosts.length === 0 ? ['any.example'] : hosts) {
        for (const path of paths.length === 0 ? ['/'] : paths) expect(probeOf(host, path)?.open).toEqual(open)
      }
    }
    expect(probeOf('fedoraproject.org', '/')).toBeUndefined()
    expect(probeOf('example.org', '/')).toBeUndefined()
  })
})

describe('a request for another name', () => {
  test.each([
    'http://example.org/',
    'http://example.org/nl/works?x=1',
    'http://1.1.1.1/',
    'http://kunst.lan.example.org/api/v1/node',
  ])('is led to the portal: %s', async (url) => {
    const { ask } = await portal()
    await ask(`http://${shortName}/portal/stay`)
    const answer = await ask(url)
    expect([answer.statusCode, answer.headers.location]).toEqual([302, seen])
  })

  test('that would change something is refused', async () => {
    const { ask } = await portal()
    const answer = await ask('http://example.org/api/v1/uploads', { method: 'POST' })
    expect(answer.statusCode).toBe(421)
    expect(answer.json()).toMatchObject({ type: '/problems/misdirected' })
  })

  test.each([
    'http://kunst.lan/healthz',
    'http://KUNST.lan:8080/healthz',
    'http://werk.kunst.lan/healthz',
    'http://localhost/healthz',
  ])('is none under a name of the node: %s', async (url) => {
    const { ask } = await portal()
    expect((await ask(url)).statusCode).toBe(200)
  })

  test('is none by the address that was connected to, and is one by any other', () => {
    const names = new OwnNames('kunst.lan', 'foyer')
    expect(names.isForeign({ host: '10.0.0.1', localAddress: '::ffff:10.0.0.1' })).toBe(false)
    expect(names.isForeign({ host: '[fe80::1]:8080', localAddress: 'fe80::1%wlan0' })).toBe(false)
    expect(names.isForeign({ host: '10.0.0.2', localAddress: '10.0.0.1' })).toBe(true)
    expect(names.isForeign({ host: 'foyer.local', localAddress: '10.0.0.1' })).toBe(false)
    expect(names.origin({ host: 'x', localAddress: '::ffff:10.0.0.1' }, 8080, true)).toBe('http://kunst.lan')
    const unnamed = new OwnNames(undefined, 'foyer')
    expect(unnamed.isForeign({ host: 'example.org', localAddress: '10.0.0.1' })).toBe(false)
    expect(unnamed.origin({ host: 'x', localAddress: '::ffff:10.0.0.1' }, 8080, true)).toBe(
      'http://10.0.0.1:8080',
    )
    expect(unnamed.origin({ host: 'x', localAddress: 'fe80::1' }, 80, true)).toBe('http://[fe80::1]')
  })
})

describe('the portal page', () => {
  test('says in both languages what this is, where to go and how to stay, without a script', async () => {
    const { ask } = await portal()
    const answer = await ask(seen)
    expect(answer.statusCode).toBe(200)
    for (const words of [
      'Je bent op de tentoonstelling',
      'You are at the exhibition',
      'Trial',
      shortName,
      '<svg',
      'iPhone',
      'Android',
      'Windows',
      'Mac',
      'Linux',
      '/en/lite/',
      '/nl/lite/',
    ]) {
      expect(answer.body).toContain(words)
    }
    expect(answer.body).not.toMatch(/<script|https?:\/\/(?!kunst\.lan|www\.w3\.org)\w/)
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'sha256-/)
    expect(markupProblems(answer.body)).toEqual([])
    expect(answer.body).toContain('href="#nl"')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.rawPayload.length).toBeLessThan(14 * 1024)
    expect((await ask(`http://${shortName}/portal/ready?lang=nl`)).body).toContain('Klaar om te kijken')
  })
})

describe('what is remembered of a phone', () => {
  test('is forgotten minutes after it was last heard', async () => {
    const { ask, made } = await portal()
    const probe = 'http://connectivitycheck.gstatic.com/generate_204'
    await ask(`http://${shortName}/portal/stay`)
    made.nowMs += 14 * 60_000
    expect((await ask(probe)).statusCode).toBe(204)
    made.nowMs += 14 * 60_000
    expect((await ask(probe)).statusCode).toBe(204)
    made.nowMs += 16 * 60_000
    expect((await ask(probe)).statusCode).toBe(302)
  })

  test('is bounded: the one heard longest ago goes first', () => {
    const acknowledged = new Acknowledged({ portalVisitors: 3, portalVisitorMs: 1000 }, () => 0)
    for (const address of ['a', 'b', 'c']) acknowledged.add(address)
    expect(acknowledged.has('a')).toBe(true)
    acknowledged.add('d')
    expect(['a', 'b', 'c', 'd'].filter((address) => acknowledged.has(address))).toEqual(['a', 'c', 'd'])
  })

  test('is nowhere in the log', async () => {
    const { ask, made } = await portal()
    await ask(`http://${shortName}/portal/stay`, { from: '10.9.8.7' })
    await ask('http://captive.apple.com/', { from: '10.9.8.7' })
    await ask('http://example.org/', { from: '10.9.8.7' })
    expect(made.log()).not.toContain('10.9.8.7')
  })
})
