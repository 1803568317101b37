/**
 * How systems find out whether a network leads to the internet: each fetches an address of its maker over plain HTTP and
 * looks at the answer. As they stood in November 2026; a system that is not listed meets the portal like any visitor.
 */
export interface Probe {
  readonly system: string
  /** Names it asks; none: any name, the path alone says enough. */
  readonly hosts: readonly string[]
  /** Paths it asks; none: any path on these hosts. */
  readonly paths: readonly string[]
  /** What it takes for the internet. */
  readonly open: ProbeAnswer
}

export interface ProbeAnswer {
  readonly status: number
  readonly body: string
  readonly type: string
  readonly headers?: Readonly<Record<string, string>>
}

const noContent: ProbeAnswer = { status: 204, body: '', type: 'text/plain' }
const text = (body: string, headers?: Readonly<Record<string, string>>): ProbeAnswer => ({
  status: 200,
  body,
  type: 'text/plain; charset=utf-8',
  ...(headers === undefined ? {} : { headers }),
})
const markup = (body: string): ProbeAnswer => ({ status: 200, body, type: 'text/html; charset=utf-8' })

const networkManager = text('NetworkManager is online\n', { 'x-networkmanager-status': 'online' })

export const probes: readonly Probe[] = [
  {
    system: 'Android',
    hosts: [],
    // On whatever name: makers of phones have their own (connectivitycheck.gstatic.com, connect.rom.miui.com, …).
    paths: ['/generate_204', '/gen_204', '/generate204', '/mobile/status.php'],
    open: noContent,
  },
  { system: 'Android, /e/OS', hosts: ['204.ecloud.global'], paths: [], open: noContent },
  {
    system: 'iOS, iPadOS, macOS',
    hosts: [
      'captive.apple.com',
      'www.airport.us',
      'www.appleiphonecell.com',
      'www.ibook.info',
      'www.itools.info',
      'www.thinkdifferent.us',
    ],
    paths: [],
    open: markup('<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>'),
  },
  {
    system: 'iOS, iPadOS, macOS',
    hosts: [],
    paths: ['/hotspot-detect.html', '/library/test/success.html'],
    open: markup('<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>'),
  },
  // Compared byte for byte: no line end.
  {
    system: 'Windows 10 and later',
    hosts: [],
    paths: ['/connecttest.txt'],
    open: text('Microsoft Connect Test'),
  },
  { system: 'Windows Vista to 8.1', hosts: [], paths: ['/ncsi.txt'], open: text('Microsoft NCSI') },
  { system: 'Firefox', hosts: [], paths: ['/success.txt'], open: text('success\n') },
  {
    system: 'Firefox',
    hosts: [],
    paths: ['/canonical.html'],
    open: markup(
      '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>',
    ),
  },
  {
    system: 'Linux, NetworkManager',
    hosts: [],
    paths: ['/check_network_status.txt', '/nm-check.txt'],
    open: networkManager,
  },
  { system: 'Linux, GNOME', hosts: ['nmcheck.gnome.org'], paths: [], open: networkManager },
  { system: 'Debian', hosts: ['network-test.debian.org'], paths: [], open: networkManager },
  { system: 'openSUSE', hosts: ['conncheck.opensuse.org'], paths: [], open: networkManager },
  { system: 'Arch', hosts: ['ping.archlinux.org'], paths: [], open: networkManager },
  { system: 'Manjaro', hosts: ['ping.manjaro.org'], paths: [], open: networkManager },
  {
    system: 'Ubuntu',
    hosts: ['connectivity-check.ubuntu.com'],
    paths: [],
    open: { ...noContent, headers: { 'x-networkmanager-status': 'online' } },
  },
  {
    system: 'Fedora',
    hosts: ['fedoraproject.org', 'www.fedoraproject.org'],
    paths: ['/static/hotspot.txt'],
    open: text('OK', { 'x-networkmanager-status': 'online' }),
  },
  { system: 'KDE', hosts: ['networkcheck.kde.org'], paths: [], open: text('OK\n') },
  {
    system: 'Kindle',
    hosts: [],
    paths: ['/kindle-wifi/wifistub.html', '/kindle-wifi/wifiredirect.html'],
    open: markup('81ce4465-7167-4dcb-835b-dcc9e44c112a'),
  },
  {
    system: 'Nintendo',
    hosts: ['conntest.nintendowifi.net', 'ctest.cdn.nintendo.net'],
    paths: [],
    open: { ...text('ok'), headers: { 'x-organization': 'Nintendo' } },
  },
]

const byPath = new Map(
  probes
    .filter(({ hosts }) => hosts.length === 0)
    .flatMap((probe) => probe.paths.map((path) => [path, probe])),
)
const byHost = new Map(probes.flatMap((probe) => probe.hosts.map((host) => [host, probe])))

/** @param host of the Host header: lower case, without its port @param path without its query */
export function probeOf(host: string, path: string): Probe | undefined {
  const ofPath = byPath.get(path)
  if (ofPath !== undefined) return ofPath
  const ofHost = byHost.get(host)
  if (ofHost === undefined) return undefined
  return ofHost.paths.length === 0 || ofHost.paths.includes(path) ? ofHost : undefined
}

/** What Windows opens in a browser once it has seen that there is a portal. */
export const portalCall = '/redirect'
