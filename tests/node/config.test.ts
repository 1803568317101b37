import { writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../../node/config.ts'
import type { NodeFlags } from '../../node/config.ts'
import { isLocalAddress } from '../../node/local-addresses.ts'
import { temporaryDirectory } from './store/temporary-directory.ts'

async function fileOf(yaml: string): Promise<string> {
  const file = join(await temporaryDirectory(), 'node.yaml')
  await writeFile(file, yaml)
  return file
}

function issuesOf(options: { file?: string; flags?: NodeFlags }): ConfigError['issues'] {
  try {
    loadConfig(options)
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  return []
}

describe('a good configuration', () => {
  test('needs nothing', () => {
    expect(loadConfig()).toEqual({
      name: hostname(),
      dataDir: resolve('data'),
      http: { host: '0.0.0.0', port: 8080 },
      mesh: { listen: ['/ip4/0.0.0.0/tcp/0'], peers: [], mdns: true },
      log: { level: 'info' },
      limits: {},
      retention: { kind: 'full' },
    })
  })

  test('comes from the file, and flags win over it', async () => {
    const file = await fileOf(`
name: Waag
place: { nl: Nieuwmarkt, en: Nieuwmarkt }
dataDir: art
http: { host: 127.0.0.1, port: 80, shortName: Kunst.lan }
mesh: { listen: [/ip4/10.77.0.1/tcp/4001], peers: [/ip4/10.77.0.2/tcp/4001], mdns: false }
join: invite-text
log: { level: debug }
limits: { reserveBytes: 1000 }
retention: { quota: 1.5GiB, copies: 2 }
`)
    expect(loadConfig({ file })).toEqual({
      name: 'Waag',
      place: { nl: 'Nieuwmarkt', en: 'Nieuwmarkt' },
      dataDir: join(file, '..', 'art'),
      http: { host: '127.0.0.1', port: 80, shortName: 'kunst.lan' },
      mesh: { listen: ['/ip4/10.77.0.1/tcp/4001'], peers: ['/ip4/10.77.0.2/tcp/4001'], mdns: false },
      join: 'invite-text',
      log: { level: 'debug' },
      limits: { reserveBytes: 1000 },
      retention: { kind: 'quota', quotaBytes: 1.5 * 2 ** 30, copies: 2 },
    })
    const flags: NodeFlags = {
      name: 'OBA',
      dataDir: 'elsewhere',
      http: '[::1]:8081',
      listen: ['/ip4/127.0.0.1/tcp/0'],
      peer: [],
      mdns: true,
      logLevel: 'warn',
    }
    expect(loadConfig({ file, flags })).toMatchObject({
      name: 'OBA',
      dataDir: resolve('elsewhere'),
      http: { host: '::1', port: 8081, shortName: 'kunst.lan' },
      mesh: { listen: ['/ip4/127.0.0.1/tcp/0'], peers: ['/ip4/10.77.0.2/tcp/4001'], mdns: true },
      log: { level: 'warn' },
    })
  })

  test('is frozen through and through', () => {
    const config = loadConfig()
    for (const part of [config, config.http, config.mesh, config.mesh.listen, config.log, config.limits]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  test('a file of comments changes nothing', async () => {
    expect(loadConfig({ file: await fileOf('# nothing yet\n') })).toEqual(loadConfig())
  })
})

describe('mistakes', () => {
  test('of file and flags are listed all at once, each with its path', async () => {
    const file = await fileOf(`
nam: Waag
http: { port: eighty }
mesh: { peers: [/ip4/10.0.0.2/tcp/4001, /ip4/8.8.8.8/tcp/4001], mdns: maybe, quiet: { pingSeconds: 0, chatty: 1 } }
log: loud
place: { nl: '' }
limits: { reserveBytes: -1 }
`)
    expect(issuesOf({ file, flags: { http: 'everywhere', listen: ['/dns4/example.org/tcp/80'] } })).toEqual([
      { path: 'place.nl', message: 'must not be empty' },
      { path: 'http.port', message: 'must be a port number' },
      {
        path: 'mesh.peers.1',
        message: '8.8.8.8 is not an address of the local network: nothing may leave it',
      },
      { path: 'mesh.mdns', message: 'must be true or false' },
      { path: 'mesh.quiet.pingSeconds', message: 'must be from 1 to 2700' },
      { path: 'mesh.quiet.chatty', message: 'is not a setting' },
      { path: 'log', message: 'must be a section of settings' },
      { path: 'limits.reserveBytes', message: 'must not be negative' },
      { path: 'nam', message: 'is not a setting' },
      { path: '--http', message: 'must be HOST:PORT, such as 0.0.0.0:8080' },
      {
        path: '--listen.0',
        message: 'must be an IP address and a TCP port, such as /ip4/192.168.1.10/tcp/4001',
      },
    ])
  })

  test.each([
    ['some', 'retention', 'must be full, or a section with quota and copies'],
    ['{ quota: huge }', 'retention.quota', 'must be a size such as 20GiB or 500MB'],
    ['{ quota: 1MiB }', 'retention.quota', 'must be at least 16MiB'],
    ['{ quota: 1GiB, copies: 0 }', 'retention.copies', 'must be at least 1'],
  ])('retention: %s is told at %s', async (setting, path, message) => {
    expect(issuesOf({ file: await fileOf(`retention: ${setting}`) })).toEqual([{ path, message }])
  })

  test.each([
    ['/ip4/0.0.0.0/tcp/4001', 'peer'],
    ['/ip4/10.0.0.1/tcp/0', 'peer'],
    ['/ip4/10.0.0.1/udp/4001/quic-v1', 'peer'],
    ['/ip4/10.0.0.1/tcp/4001/ws', 'peer'],
    ['/ip4/1.1.1.1/tcp/443', 'peer'],
    ['/ip6/2001:db8::1/tcp/4001', 'peer'],
    ['/ip6/::ffff:8.8.8.8/tcp/4001', 'peer'],
    ['10.0.0.1:4001', 'peer'],
    ['', 'peer'],
    ['/ip4/1.1.1.1/tcp/443', 'listen'],
    ['/ip4/10.0.0.1/tcp/1/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5', 'listen'],
  ] as const)('%s is no address to %s', (address, role) => {
    expect(issuesOf({ flags: { [role]: [address] } })).toMatchObject([{ path: `--${role}.0` }])
  })

  test.each([
    ['/ip4/192.168.4.1/tcp/4001/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5', 'peer'],
    ['/ip6/fe80::1/tcp/4001', 'peer'],
    ['/ip6/fd00::1/tcp/4001', 'peer'],
    ['/ip6/::/tcp/0', 'listen'],
    ['/ip4/172.31.255.255/tcp/0', 'listen'],
    ['/ip4/169.254.1.1/tcp/0', 'listen'],
  ] as const)('%s is an address to %s', (address, role) => {
    expect(issuesOf({ flags: { [role]: [address] } })).toEqual([])
  })

  test.each([
    ['a list', '- a', 'line 1', /mapping/],
    ['broken YAML', 'a: [', 'line 1', /./],
    ['a file that is too large', `# ${'x'.repeat(70_000)}`, /node\.yaml$/, /larger than/],
  ])('%s', async (_, yaml, path, message) => {
    const [issue] = issuesOf({ file: await fileOf(yaml) })
    expect(issue?.path).toMatch(path)
    expect(issue?.message).toMatch(message)
  })

  test('a file that is not there', () => {
    expect(() => loadConfig({ file: 'absent.yaml' })).toThrow(/^absent\.yaml: cannot be read/)
  })
})

test('local addresses end where the private networks end', () => {
  const outside = [
    '172.15.255.255',
    '172.32.0.0',
    '192.169.0.0',
    '11.0.0.0',
    '128.0.0.1',
    'fec0::1',
    '::2',
    'x',
    '',
  ]
  expect(outside.filter(isLocalAddress)).toEqual([])
})
