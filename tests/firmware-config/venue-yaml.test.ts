import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { venueJsonSchema } from '../../firmware-config/schema/json-schema.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'

const config = resolve(import.meta.dirname, '../../firmware-config')
const examples = readdirSync(join(config, 'venues'))

interface Draft {
  venue: Record<string, unknown>
  hotspot: Record<string, unknown>
  mesh: Record<string, unknown>
  nodes: Record<string, unknown>[]
  [section: string]: unknown
}

/** A venue without a mistake, but for what a test does to it. */
function issuesOf(spoil: (venue: Draft) => void): string[] {
  const draft: Draft = {
    venue: { id: 'a-house', name: 'A house', country: 'NL' },
    hotspot: { ssid: 'Mesh Art' },
    mesh: { radio: { driver: 'mt76x2u' } },
    nodes: [
      { name: 'foyer', board: 'pi-4' },
      { name: 'attic', board: 'pi-4' },
    ],
  }
  spoil(draft)
  const parsed = parseVenue(draft)
  return 'issues' in parsed ? parsed.issues.map(({ path, message }) => `${path}: ${message}`) : []
}

function warningsOf(spoil: (venue: Draft) => void): string[] {
  const draft: Draft = {
    venue: { id: 'a-house', name: 'A house', country: 'NL' },
    hotspot: { ssid: 'Mesh Art' },
    mesh: { radio: { driver: 'mt76x2u' } },
    nodes: [{ name: 'foyer', board: 'pi-4' }],
  }
  spoil(draft)
  const parsed = parseVenue(draft)
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues))
  return parsed.warnings.map(({ path, message }) => `${path}: ${message}`)
}

describe('venue.yaml', () => {
  it.each(examples)('the example %s has neither mistake nor warning', (name) => {
    const parsed = parseVenue(parse(readFileSync(join(config, 'venues', name), 'utf8')))
    expect(parsed).toMatchObject({ warnings: [] })
    expect(examples).toHaveLength(4)
  })

  it('is described for editors by a schema that is up to date', () => {
    // Written anew with: vitest run tests/firmware-config -u
    return expect(venueJsonSchema()).toMatchFileSnapshot(join(config, 'schema/venue.schema.json'))
  })

  it('tells every mistake at once, each with its path and what to do', () => {
    const issues = issuesOf((venue) => {
      venue.venue = { id: 'A House', name: '', counrty: 'NL' }
      venue.hotspot = { ssid: 'x'.repeat(33), isolation: false }
      venue.mesh = { radio: { driver: 'TP-Link' } }
      venue.nodes = [{ name: 'foyer', board: 'pi-9' }, { name: 'foyer' }]
      venue['network'] = { hotspot: '8.8.0.0/16' }
    })
    expect(issues).toEqual([
      expect.stringMatching(/^venue\.id: must be lower-case letters/),
      'venue.name: must not be empty',
      'venue.country: is missing: two capital letters, such as NL: what radios may do is its law',
      'venue.counrty: is not a setting; here are id, name, country',
      expect.stringMatching(/^hotspot\.ssid: must be at most 32/),
      expect.stringMatching(/^hotspot\.ssid: must be at most 32 bytes/),
      expect.stringMatching(/^hotspot\.isolation: must be true/),
      expect.stringMatching(/^mesh\.radio\.driver: must be the name of a Linux driver/),
      expect.stringMatching(/^network\.hotspot: must be a private network of 65 536 addresses/),
      expect.stringMatching(/^nodes\.0\.board: must be one of pi-zero-2-w/),
      'nodes.1.board: is missing: pi-zero-2-w, pi-3, pi-3-plus, pi-4, pi-5, generic-arm64, generic-amd64',
      'nodes.1.name: names another node as well: each needs its own',
    ])
  })

  it.each([
    [
      'the hotspot and the mesh on the radio of the board',
      (v: Draft) => (v.mesh['radio'] = 'onboard'),
      /^mesh\.radio: the radio on the board carries the hotspot already, and does no 802\.11s: plug in a USB radio/,
    ],
    [
      'a mesh on a radio that does no 802.11s',
      (v: Draft) => (v.mesh['radio'] = { driver: 'rtl8xxxu' }),
      /^mesh\.radio: rtl8xxxu does no 802\.11s/,
    ],
    [
      'one radio for both',
      (v: Draft) => (v.hotspot['radio'] = { driver: 'mt76x2u' }),
      /^mesh\.radio: is also the radio of the hotspot/,
    ],
    [
      'a channel that the country forbids',
      (v: Draft) => (v.hotspot['channel'] = 14),
      /^hotspot\.channel: channel 14 is not legal on 2\.4 GHz in NL/,
    ],
    [
      'a channel of America in Europe',
      (v: Draft) => (v.mesh['channel'] = 149),
      /^mesh\.channel: channel 149 is not legal on 5 GHz in NL/,
    ],
    [
      'a channel of one node',
      (v: Draft) => ((v.nodes[1] as Draft)['channel'] = 40),
      /^nodes\.1\.channel: channel 40 is not legal on 2\.4 GHz/,
    ],
    [
      'a channel with radar',
      (v: Draft) => (v.mesh['channel'] = 52),
      /^mesh\.channel: channel 52 wants radar detection/,
    ],
    [
      'a country whose law is not known',
      (v: Draft) => (v.venue['country'] = 'XX'),
      /^venue\.country: must be a country whose channels are known/,
    ],
    [
      '5 GHz on a board without it',
      (v: Draft) => {
        v.hotspot['band'] = '5'
        v.nodes[0] = { name: 'foyer', board: 'pi-zero-2-w' }
      },
      /^nodes\.0\.board: the hotspot's radio of pi-zero-2-w has no 5 GHz/,
    ],
    [
      'a wire into a board without a socket',
      (v: Draft) => {
        v.mesh = { wire: true }
        v.nodes[0] = { name: 'foyer', board: 'pi-zero-2-w' }
      },
      /^nodes\.0\.board: pi-zero-2-w has no Ethernet socket/,
    ],
    [
      'a board of which no radio is known',
      (v: Draft) => (v.nodes[0] = { name: 'foyer', board: 'generic-arm64' }),
      /^nodes\.0\.board: generic-arm64 has no radio that is known/,
    ],
    ['nodes that nothing joins', (v: Draft) => (v.mesh = {}), /^mesh: joins no nodes/],
    [
      'two nodes with one number',
      (v: Draft) => ((v.nodes[0] as Draft)['number'] = 2),
      /^nodes\.1\.number: is the number of another node as well; free is 1/,
    ],
    [
      'networks that overlap',
      (v: Draft) => (v['network'] = { mesh: '10.77.9.0/24' }),
      /^network\.mesh: overlaps the hotspot/,
    ],
    [
      'a password that nobody asks for',
      (v: Draft) => (v.hotspot['passwordFile'] = 'p'),
      /^hotspot\.passwordFile: does nothing on an open hotspot/,
    ],
    [
      'no password where one is asked for',
      (v: Draft) => (v.hotspot['security'] = 'wpa3'),
      /^hotspot\.passwordFile: is missing: wpa3 wants a password/,
    ],
    [
      'a name that phones ask mDNS for',
      (v: Draft) => (v['exhibition'] = { address: 'kunst.local' }),
      /^exhibition\.address: must not end in \.local/,
    ],
    [
      'a text that would be two lines of a file',
      (v: Draft) => (v.hotspot['ssid'] = 'Art\nctrl_interface=/tmp/x'),
      /^hotspot\.ssid: must be one line/,
    ],
    [
      'a path that leaves its folder',
      (v: Draft) => (v.mesh['secretFile'] = '../../etc/shadow'),
      /^mesh\.secretFile: must not go up/,
    ],
  ])('refuses %s', (_what, spoil, said) => {
    const issues = issuesOf(spoil)
    expect(issues).toEqual([expect.stringMatching(said)])
  })

  it.each([
    [
      'more phones than the radio carries',
      (v: Draft) => (v.hotspot['clients'] = 40),
      /^hotspot\.clients: 40 phones are more than the about 10/,
    ],
    [
      'WPA3 on the radio of a board',
      (v: Draft) => {
        v.hotspot['security'] = 'wpa3'
        v.hotspot['passwordFile'] = 'p'
      },
      /^hotspot\.security: the radio on the board of foyer is not known to do WPA3/,
    ],
    [
      'more addresses than phones',
      (v: Draft) => (v.hotspot['leases'] = 200),
      /^hotspot\.leases: 200 addresses promise what the radio of foyer cannot keep: it carries 10/,
    ],
    [
      'a mesh radio nobody knows',
      (v: Draft) => (v.mesh['radio'] = { driver: 'newchip' }),
      /^nodes\.0\.meshRadio: nothing is known/,
    ],
    [
      'a mesh on the channel of the hotspot',
      (v: Draft) => (v.mesh = { radio: { driver: 'mt76x2u' }, band: '2.4', channel: 3 }),
      /^mesh\.channel: overlaps the hotspot of foyer/,
    ],
  ])('warns of %s', (_what, spoil, said) => {
    expect(warningsOf(() => undefined)).toEqual([])
    expect(warningsOf(spoil)).toEqual([expect.stringMatching(said)])
  })

  it.each([
    [undefined],
    [null],
    [7],
    [[]],
    [{ nodes: 'x' }],
    [{ nodes: [null, 3] }],
    [{ __proto__: { nodes: [] } }],
  ])('refuses %j without falling over', (value) => {
    expect(parseVenue(value)).toMatchObject({ issues: expect.arrayContaining([expect.anything()]) })
  })
})
