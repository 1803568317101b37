import assert from 'node:assert/strict'
import { probes } from '../../../../node/http/portal/probes.ts'
import { inTime } from '../in-time.ts'
import { patience } from '../patience.ts'
import type { RadioVenue } from '../radio-venue.ts'

export const address = 'http://kunst.home.arpa'

/** A phone joins the hotspot, gets its address, meets the portal whatever system it runs, and opens the gallery. */
export async function visitor({ ada, entrance, say }: RadioVenue): Promise<void> {
  await ada.walkTo(entrance)
  const lease = ada.lease()
  assert.match(lease['ip'] ?? '', /^10\.77\.1\.1\d$/)
  assert.deepEqual(
    { router: lease['router'], dns: lease['dns'], domain: lease['domain'] },
    { router: '10.77.0.1', dns: '10.77.0.1', domain: 'home.arpa' },
  )
  say('joined, with an address')
  for (const { system, hosts, paths } of probes) {
    const url = `http://${hosts[0] ?? 'probe.example.com'}${paths[0] ?? '/'}`
    const said = ada.curl('-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', url)
    assert.equal(said, `302 ${address}/portal`, system)
  }
  say(`met the portal, as each of ${probes.length} systems`)
  const page = ada.curl(`${address}/en/`)
  assert.match(page, /<html/)
  const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  assert.ok(parts.length > 0, page)
  for (const path of parts) {
    const said = ada.curl('-o', '/dev/null', '-w', '%{http_code}', `${address}${path}`)
    assert.equal(said, '200', path)
  }
  await inTime(
    'the gallery has its list',
    () =>
      assert.ok(
        Array.isArray((JSON.parse(ada.curl(`${address}/api/v1/artworks`)) as { artworks: unknown }).artworks),
      ),
    patience.radioMs,
  )
  say(`opened the gallery: a page and ${parts.length} of its parts`)
}
