import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Rendered } from '../../firmware-config/render/rendered-file.ts'
import { draftOf, renderDraft, testSecrets, textOf, venueNames } from './venues.ts'
import type { Draft } from './venues.ts'

const golden = resolve(import.meta.dirname, 'golden')

/** All files of a node as one text, without what is secret. */
function asOneText(files: ReadonlyMap<string, Rendered>): string {
  const parts = [...files.values()].map((file) => {
    if ('link' in file) return `=== ${file.path} -> ${file.link} (${file.scope})\n`
    const mode = file.mode.toString(8).padStart(4, '0')
    const text = file.secret && typeof file.content !== 'string' ? '…\n' : textOf(file)
    return `=== ${file.path} ${mode} (${file.scope})\n${text}`
  })
  return parts.join('\n').replaceAll(testSecrets.mesh, '…').replaceAll(testSecrets.hotspot, '…')
}

describe('rendering', () => {
  it.each([
    ['nemo', 'laboratory'],
    ['waag-futurelab', 'theatrum'],
    ['oba', 'hall'],
    ['pakhuis-de-zwijger', 'studio'],
  ])('gives %s, %s these files', async (venue, node) => {
    const files = renderDraft(draftOf(venue)).get(node)
    await expect(asOneText(files ?? new Map())).toMatchFileSnapshot(`${golden}/${venue}-${node}.txt`)
  })

  it.each(venueNames)('gives %s the same bytes twice', (name) => {
    expect(renderDraft(draftOf(name))).toEqual(renderDraft(draftOf(name)))
  })

  it.each(venueNames)('keeps secrets of %s in files of mode 0600, and out of all others', (name) => {
    const words = [testSecrets.mesh, testSecrets.hotspot, 'key-of-the-node', 'grant-of-the-node']
    for (const files of renderDraft(draftOf(name)).values()) {
      for (const file of files.values()) {
        if ('link' in file) continue
        expect(file.mode & 0o077, file.path).toBe(file.secret ? 0 : file.mode & 0o055)
        const holds = words.some((word) => textOf(file).includes(word))
        expect(holds && !file.secret, file.path).toBe(false)
      }
    }
  })

  it('gives every node one gateway, an address of its own in the mesh, and leases nobody else gives', () => {
    const all = [...renderDraft(draftOf('nemo')).values()]
    const each = (path: string, pattern: RegExp): string[] =>
      all.map((files) => pattern.exec(textOf(files.get(path)))?.[1] ?? '')
    const same = new Set(each('/etc/systemd/network/20-hotspot0.network', /Address=(\S+)/))
    expect([...same]).toEqual(['10.77.0.1/16'])
    expect(new Set(each('/etc/systemd/network/30-bat0.network', /Address=(\S+)/)).size).toBe(all.length)
    expect(each('/etc/mesh-art/dns.conf', /dhcp-range=(\S+?),255/)).toEqual([
      '10.77.1.10,10.77.1.19',
      '10.77.2.10,10.77.2.19',
      '10.77.3.10,10.77.3.19',
      '10.77.4.10,10.77.4.19',
    ])
  })

  it('never joins hotspot and mesh', () => {
    for (const name of venueNames) {
      for (const files of renderDraft(draftOf(name)).values()) {
        const text = asOneText(files)
        expect(text).not.toMatch(/^(Bridge|bridge|IPMasquerade|IPForward)=/m)
        expect(text).toContain('net.ipv4.ip_forward = 0')
        expect(textOf(files.get('/etc/systemd/network/20-hotspot0.network'))).not.toContain('BatmanAdvanced')
      }
    }
  })

  it('lets a text of venue.yaml be nothing but a text', () => {
    const draft = draftOf('nemo')
    draft.nodes[0].place = { nl: 'Bij \'de\' "kassa": {x} # y', en: '- a\\nb' }
    const yaml = textOf(renderDraft(draft).get('entrance')?.get('/etc/mesh-art/node.yaml'))
    expect(yaml).toContain(`place: ${JSON.stringify(draft.nodes[0].place)}`)
  })
})

describe('one changed value changes what must change', () => {
  const paths = (change: (draft: Draft) => void, venue = 'nemo'): string[] => {
    const draft = draftOf(venue)
    const before = renderDraft(draft)
    change(draft)
    const after = renderDraft(draft)
    const changed: string[] = []
    for (const [node, files] of after) {
      const old = before.get(node)
      if (old === undefined) continue
      for (const path of new Set([...old.keys(), ...files.keys()])) {
        const same = old.has(path) && files.has(path) && textOf(old.get(path)) === textOf(files.get(path))
        if (!same) changed.push(`${node} ${path.split('/').at(-1)}`)
      }
    }
    return changed.sort()
  }
  const onAll = (...files: string[]): string[] =>
    ['entrance', 'laboratory', 'roof', 'staircase'].flatMap((node) => files.map((file) => `${node} ${file}`))

  const changes: readonly (readonly [string, (draft: Draft) => void, readonly string[] | 'refused'])[] = [
    ['the name of the network', (d: Draft) => (d.hotspot.ssid = 'Other'), onAll('hotspot.conf')],
    ['the channel of the mesh', (d: Draft) => (d.mesh.channel = 40), onAll('mesh.conf')],
    ['how long a lease lasts', (d: Draft) => (d.hotspot.leaseMinutes = 99), onAll('dns.conf')],
    [
      'the short name',
      (d: Draft) => (d.exhibition.address = 'art.home.arpa'),
      onAll('dns.conf', 'hosts', 'node.yaml'),
    ],
    [
      'the country',
      (d: Draft) => (d.venue.country = 'BE'),
      onAll('hotspot.conf', 'mesh-art.conf', 'mesh.conf'),
    ],
    ['the name of the house', (d: Draft) => (d.venue.name = 'Elsewhere'), []],
    [
      'what each node keeps, and who gives orders',
      (d: Draft) => {
        d.retention = { quota: '20GiB', copies: 2 }
        d.services = { technicians: { passphrase: `scrypt:32768:8:1:${'a'.repeat(22)}:did:key:z6Mk` } }
      },
      onAll('node.yaml'),
    ],
    ['what is left free', (d: Draft) => (d.retention = { reserveMiB: 9 }), onAll('node.yaml')],
    ["one node's place", (d: Draft) => (d.nodes[3].place.nl = 'Op zolder'), ['roof node.yaml']],
    ["one node's channel", (d: Draft) => (d.nodes[3].channel = 13), ['roof hotspot.conf']],
    [
      'where one node keeps works',
      (d: Draft) => (d.nodes[0].storage = 'usb'),
      // Nothing grows on a card that holds no works.
      ['entrance systemd-growfs@var-lib-mesh\\x2dart.service'],
    ],
    ["one node's board", (d: Draft) => (d.nodes[0].board = 'generic-amd64'), 'refused'],
    [
      'one node more',
      (d: Draft) => d.nodes.push({ name: 'cellar', board: 'pi-4' }),
      onAll('chrony.conf', 'node.yaml'),
    ],
    [
      'a screen',
      (d: Draft) => (d.nodes[1].screen = {}),
      ['staircase mesh-art-screen.conf', ...Array<string>(2).fill('staircase mesh-art-screen.service')],
    ],
    ['no clock', (d: Draft) => (d.services = { time: false }), onAll('chrony.conf', 'firewall.nft')],
  ]

  it.each(changes)('%s', (_what, change, expected) => {
    if (expected === 'refused') expect(() => paths(change)).toThrow('has no radio that is known')
    else expect(paths(change)).toEqual([...expected].sort())
  })

  it('sees a change that should not be', () => {
    expect(paths((d) => (d.hotspot.ssid = 'Other'))).not.toEqual([])
    expect(paths(() => undefined)).toEqual([])
  })
})
