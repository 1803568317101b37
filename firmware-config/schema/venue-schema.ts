import * as v from 'valibot'
import { boardIds } from './boards.ts'
import { bands, countries } from './channels.ts'
import { venueLimits as limits } from './limits.ts'

/** A section of settings: what is missing, and what does not belong, is told by name. */
const section = <const T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, (issue) => {
    if (issue.expected === 'never') return `is not a setting; here are ${Object.keys(entries).join(', ')}`
    const key = /^"(?<key>.*)"$/.exec(issue.expected ?? '')?.groups?.['key']
    const wanted = key === undefined ? undefined : entries[key]
    if (wanted === undefined) return 'must be a section of settings'
    const hint = v.getDescription(wanted)
    return hint === undefined ? 'is missing' : `is missing: ${hint}`
  })

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
const line = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.check((text) => text.trim() !== '', 'must not be empty'),
    v.maxLength(max, `must be at most ${max} characters`),
    // What is rendered has lines: a text must not bring its own.
    v.check((text) => !/\p{Cc}/u.test(text), 'must be one line, without control characters'),
  )
const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be ${min} to ${max}`),
    v.maxValue(max, `must be ${min} to ${max}`),
  )
const flag = v.boolean('must be true or false')
const label = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens, such as foyer'),
  v.maxLength(limits.labelLength, `must be at most ${limits.labelLength} characters`),
)
const described = <T extends v.GenericSchema>(schema: T, text: string) => v.pipe(schema, v.description(text))
const languageMap = v.record(
  v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, 'must be a language, such as nl or en')),
  line(limits.nameLength),
  'must be a text a language: { nl: …, en: … }',
)
/** Printable, without what shells, quotes or `#` could make of it in the files it ends up in. */
const networkName = (max: number) =>
  v.pipe(
    line(max),
    v.regex(
      /^[^"'\\#$`]+$/,
      'must be without quotes, #, $, ` and backslash, on which configuration files break',
    ),
    v.check((text) => text === text.trim(), 'must not begin or end with a space'),
    v.check((text) => bytesOf(text) <= max, `must be at most ${max} bytes`),
  )
const file = v.pipe(
  line(1024),
  v.check((path) => !path.split('/').includes('..'), 'must not go up with ..'),
)
const band = v.picklist(bands, `must be one of ${bands.map((one) => `'${one}'`).join(', ')} (GHz, in quotes)`)
const channel = whole(1, 196)
const macAddress = v.pipe(
  v.string('must be text'),
  v.regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/, 'must be an address such as 00:11:22:33:44:55, in lower case'),
)
const driver = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9_]{2,32}$/, "must be the name of a Linux driver, such as mt76x2u; 'ethtool -i' says it"),
)
const matched = v.union(
  [section({ driver }), section({ mac: macAddress })],
  'must be onboard, { driver: … } or { mac: … }',
)
const radio = v.union(
  [v.literal('onboard'), matched],
  'must be onboard, { driver: mt76x2u } or { mac: 00:11:22:33:44:55 }',
)
const privateNetwork = (prefix: 16 | 24) =>
  v.pipe(
    v.string('must be text'),
    v.regex(
      prefix === 16
        ? /^(10\.\d{1,3}|172\.(1[6-9]|2\d|3[01])|192\.168)\.0\.0\/16$/
        : /^(10\.\d{1,3}|172\.(1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.0\/24$/,
      `must be a private network of ${prefix === 16 ? '65 536' : '256'} addresses, such as ${prefix === 16 ? '10.77.0.0/16' : '10.78.0.0/24'}`,
    ),
    v.check(
      (text) => text.split(/[./]/).every((part) => Number(part) <= 255),
      'has a number beyond 255 in it',
    ),
  )

const security = v.picklist(
  ['open', 'wpa2', 'wpa3', 'wpa2-wpa3'],
  'must be one of open, wpa2, wpa3, wpa2-wpa3',
)

const nodeSchema = section({
  name: described(label, 'what the node is called, such as foyer'),
  number: v.optional(
    described(
      whole(1, limits.nodeNumber),
      'gives the node its addresses; its place in the list unless it is given. Never give it to another node',
    ),
  ),
  key: v.optional(
    described(whole(1, 1000), 'one more than before gives the node a new key, after its card was lost'),
  ),
  board: described(v.picklist(boardIds, `must be one of ${boardIds.join(', ')}`), boardIds.join(', ')),
  room: v.optional(line(limits.nameLength)),
  place: v.optional(described(languageMap, 'where the node stands, for visitors')),
  plan: v.optional(
    described(
      section({
        x: v.pipe(v.number(), v.finite()),
        y: v.pipe(v.number(), v.finite()),
        floor: v.optional(whole(-20, 200)),
      }),
      'where on the floor plan, in metres',
    ),
  ),
  storage: v.optional(
    described(
      v.picklist(['card', 'usb'], 'must be card or usb'),
      'where works are kept: on the card, or on a USB stick labelled mesh-art-data',
    ),
  ),
  channel: v.optional(described(channel, "this node's hotspot channel")),
  radio: v.optional(described(radio, "this node's hotspot radio")),
  meshRadio: v.optional(described(matched, "this node's mesh radio")),
  screen: v.optional(
    described(
      section({
        page: v.optional(
          v.pipe(line(200), v.regex(/^\/[\w\-./?=&]*$/, 'must be a path of the node, such as /nl/kiosk')),
        ),
      }),
      'a screen on the node shows a page: { page: /nl/kiosk }',
    ),
  ),
})

export const venueSchema = section({
  venue: described(
    section({
      id: described(label, 'a short name, such as nemo'),
      name: described(line(limits.nameLength), 'the name of the house'),
      country: described(
        v.picklist(countries, `must be a country whose channels are known: ${countries.join(' ')}`),
        'two capital letters, such as NL: what radios may do is its law',
      ),
    }),
    'the house: id, name, country',
  ),
  exhibition: v.optional(
    section({
      address: v.optional(
        described(
          v.pipe(
            v.string('must be text'),
            v.regex(
              /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/,
              'must be a host name such as kunst.home.arpa',
            ),
            v.maxLength(100, 'must be at most 100 characters'),
            v.check(
              (name) => !name.endsWith('.local'),
              'must not end in .local, which phones ask mDNS for: use .home.arpa (RFC 8375)',
            ),
          ),
          'what visitors type',
        ),
      ),
    }),
  ),
  hotspot: described(
    section({
      ssid: described(networkName(limits.ssidBytes), 'what visitors see in their list of networks'),
      security: v.optional(security),
      passwordFile: v.optional(described(file, 'a file with the password, beside venue.yaml')),
      radio: v.optional(radio),
      band: v.optional(band),
      channel: v.optional(
        described(channel, 'the same for every node; spread over 1, 6 and 11 unless given'),
      ),
      clients: v.optional(described(whole(1, limits.clients), 'phones at once that the radio carries')),
      leases: v.optional(described(whole(1, limits.leases), 'addresses given out at once')),
      leaseMinutes: v.optional(whole(5, 24 * 60)),
      isolation: v.optional(
        v.literal(true, 'must be true: one phone never reaches another, whatever the venue'),
      ),
    }),
    "the visitors' Wi-Fi",
  ),
  mesh: described(
    section({
      wire: v.optional(described(flag, 'nodes are joined by Ethernet')),
      radio: v.optional(
        v.union(
          [v.literal('onboard'), matched],
          'must be { driver: mt76x2u } or { mac: … }: the radio that joins the nodes',
        ),
      ),
      id: v.optional(networkName(limits.meshIdBytes)),
      band: v.optional(band),
      channel: v.optional(channel),
      secretFile: v.optional(described(file, 'a file with the secret of the mesh, beside venue.yaml')),
    }),
    'how nodes are joined: wire, radio or both',
  ),
  network: v.optional(
    section({ hotspot: v.optional(privateNetwork(16)), mesh: v.optional(privateNetwork(24)) }),
  ),
  services: v.optional(
    section({
      ssh: v.optional(
        described(
          section({
            keys: v.pipe(
              v.array(
                v.pipe(
                  line(1000),
                  v.regex(
                    /^(ssh-ed25519|sk-ssh-ed25519@openssh\.com|ecdsa-sha2-nistp256) [A-Za-z0-9+/=]+( [^\n]*)?$/,
                    'must be a public key: ssh-ed25519 AAAA… name',
                  ),
                ),
                'must be a list of public keys',
              ),
              v.minLength(1, 'needs at least one key; leave ssh out to keep it off'),
              v.maxLength(limits.sshKeys, `at most ${limits.sshKeys} keys`),
            ),
          }),
          'off unless keys are given; over the mesh only',
        ),
      ),
      technicians: v.optional(
        described(
          section({
            passphrase: v.pipe(
              v.string('must be text'),
              v.regex(
                /^scrypt:[\d:]+:[\w-]{22}:did:key:\w{1,100}$/,
                'must be the line that `mesh-art tech passphrase` prints, and not the passphrase itself',
              ),
            ),
          }),
          'who may give orders on /tech: nobody unless it is given',
        ),
      ),
      time: v.optional(described(flag, 'nodes agree on the time among themselves')),
      watchdog: v.optional(described(flag, 'a computer that hangs starts again')),
      statusLight: v.optional(described(flag, "the board's light says how the node does")),
    }),
  ),
  retention: v.optional(
    section({
      quota: v.optional(
        described(
          v.pipe(
            v.string('must be a size such as 20GiB'),
            v.regex(/^\d{1,9}(\.\d{1,3})? ?[KMGT]i?B$/, 'must be a size such as 20GiB'),
          ),
          'what works may take on each node; everything is kept unless it is given',
        ),
      ),
      copies: v.optional(described(whole(1, 100), 'on how many nodes each work is to be')),
      reserveMiB: v.optional(described(whole(0, limits.reserveMiB), 'left free on the disk')),
    }),
  ),
  nodes: described(
    v.pipe(
      v.array(nodeSchema, 'must be a list'),
      v.minLength(1, 'needs at least one node'),
      v.maxLength(limits.nodes, `at most ${limits.nodes} nodes`),
    ),
    'a list, one entry a computer',
  ),
})

/** venue.yaml as it is written. */
export type VenueFile = v.InferOutput<typeof venueSchema>
export type RadioMatch = v.InferOutput<typeof radio>
export type HotspotSecurity = v.InferOutput<typeof security>
