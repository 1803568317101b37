import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkNode } from '../../firmware-config/check/check-node.ts'
import { renderNode } from '../../firmware-config/render/render-node.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'
import { writeRendered } from '../../node/cli/write-rendered.ts'
import { draftOf, testSecrets } from './venues.ts'

const root = resolve(import.meta.dirname, '../..')
const bin = join(root, 'node/bin.js')
let folder: string

/** Radio, wire, screen and SSH: every kind of file. */
async function renderAll(name: string): Promise<string> {
  const draft = draftOf('oba')
  draft.hotspot.security = 'wpa2'
  draft.hotspot.passwordFile = 'p'
  draft.services = draftOf('waag-futurelab').services
  draft.retention = { quota: '20GiB', copies: 2, reserveMiB: 64 }
  draft.nodes.splice(2)
  const parsed = parseVenue(draft)
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues))
  const out = join(folder, name)
  for (const node of parsed.venue.nodes) {
    writeRendered(out, renderNode({ venue: parsed.venue, node, secrets: testSecrets }))
  }
  return out
}

const check = (dir: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'firmware', 'check', dir], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** A typo in each kind of file: path, how, whose word counts, and what it says. */
const typos: readonly (readonly [string, (text: string) => string, string, RegExp])[] = [
  ['/etc/mesh-art/hotspot.conf', (t) => t.replace('max_num_sta', 'max_nun_sta'), 'hostapd', /max_nun_sta/],
  ['/etc/mesh-art/mesh.conf', (t) => t.replace('key_mgmt', 'key_mgnt'), 'wpa_supplicant', /key_mgnt/],
  ['/etc/mesh-art/dns.conf', (t) => t.replace('no-resolv', 'no-resolve'), 'dnsmasq', /no-resolve|line \d+/],
  ['/etc/mesh-art/firewall.nft', (t) => t.replace('policy drop', 'policy dorp'), 'nft', /dorp/],
  ['/etc/mesh-art/node.yaml', (t) => t.replace('listen:', 'listten:'), 'mesh-art node', /listten/],
  ['/etc/mesh-art/light.sh', (t) => t.replace('esac', 'esca'), 'sh', /[Ss]yntax error/],
  ['/etc/chrony/chrony.conf', (t) => t.replace('makestep', 'makstep'), 'chronyd', /makstep|Invalid/],
  ['/etc/fstab', (t) => t.replace('nosuid', 'nosuid nodev'), 'findmnt', /./],
  [
    '/etc/ssh/sshd_config.d/10-mesh-art.conf',
    (t) => t.replace('Passw', 'Pasw'),
    'sshd',
    /PaswordAuthentication/,
  ],
  ['/etc/sysctl.d/90-mesh-art.conf', (t) => t.replace('ip_forward', 'ip_foward'), 'sysctl', /ip_foward/],
  ['/etc/sysusers.d/mesh-art-screen.conf', (t) => t.replace('u mesh', 'x mesh'), 'systemd-sysusers', /./],
  [
    '/etc/systemd/journald.conf.d/mesh-art.conf',
    (t) => t.replace('Storage', 'Storege'),
    'journald',
    /Storege/,
  ],
  ['/etc/systemd/system.conf.d/mesh-art.conf', (t) => t.replace('Watchdog', 'Wachdog'), 'systemd', /Wachdog/],
  [
    '/etc/systemd/network/20-hotspot0.network',
    (t) => t.replace('Address=', 'Adress='),
    'systemd-networkd',
    /Adress/,
  ],
  [
    '/etc/systemd/network/20-bat0.netdev',
    (t) => t.replace('Fragm', 'Frgm'),
    'systemd-networkd',
    /Frgmentation/,
  ],
  ['/etc/systemd/network/10-mesh0.link', (t) => t.replace('Driver=', 'Diver='), 'systemd-networkd', /Diver/],
  [
    '/etc/udev/rules.d/90-mesh-art.rules',
    (t) => t.replace('SUBSYSTEM', 'SUBSISTEM'),
    'udev',
    /SUBSISTEM|Invalid/,
  ],
  [
    '/etc/systemd/system/mesh-art-dns.service',
    (t) => t.replace('UMask', 'UMsk'),
    'systemd-analyze verify',
    /UMsk/,
  ],
  [
    '/etc/systemd/system/mesh-art-writes.timer',
    (t) => t.replace('OnBoot', 'OnBot'),
    'systemd-analyze verify',
    /OnBotSec/,
  ],
  [
    '/etc/systemd/system/mesh-art-light.path',
    (t) => t.replace('PathMod', 'PathMud'),
    'systemd-analyze verify',
    /PathMudified/,
  ],
  [
    '/etc/systemd/system/var-lib-mesh\\x2dart.mount',
    (t) => t.replace('Options', 'Optoins'),
    'systemd-analyze verify',
    /Optoins/,
  ],
  [
    '/etc/systemd/system/mesh-art-node.service.d/10-venue.conf',
    (t) => t.replace('RuntimeDirectory=', 'RuntimDirectory='),
    'systemd-analyze verify',
    /RuntimDirectory/,
  ],
  [
    '/etc/systemd/system/mesh-art-hotspot.service',
    (t) => t.replaceAll(/^(Protect|Private|Restrict|System).*$/gm, ''),
    'systemd-analyze security',
    /exposure level/,
  ],
]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-art-check-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('firmware check', () => {
  it('finds nothing wrong with what was rendered, for all that will read it', async () => {
    expect(check(await renderAll('good'))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+ files of 2 nodes: nothing found wrong\n$/),
      stderr: '',
    })
  }, 120_000)

  it('is told of a typo in each kind of file, by the program that would read it', async () => {
    const out = join(await renderAll('typos'), 'hall')
    for (const [path, spoil] of typos) {
      const here = join(out, 'root', path)
      const before = readFileSync(here, 'utf8')
      const after = spoil(before)
      expect(after, `${path} can be spoiled`).not.toBe(before)
      writeFileSync(here, after)
    }
    const { findings, missing } = await checkNode({
      folder: out,
      programUnit: join(root, 'firmware-config/systemd/mesh-art-node.service'),
      checkNodeYaml: (path) =>
        readFileSync(path, 'utf8').includes('listten') ? ['listten: is not a setting'] : [],
    })
    expect(missing).toEqual([])
    for (const [path, , tool, says] of typos) {
      const said = findings.filter((one) => one.path === path && one.tool === tool).map((one) => one.said)
      expect(said.join('\n'), `${tool} on ${path}`).toMatch(says)
    }
    // A password in a line that is quoted is nobody's to read.
    expect(JSON.stringify(findings)).not.toContain(testSecrets.mesh)
    expect(JSON.stringify(findings)).not.toContain(testSecrets.hotspot)
  }, 120_000)

  it('sees what was changed, opened, added or taken away since it was rendered', async () => {
    const out = await renderAll('changed')
    const hall = join(out, 'hall', 'root')
    appendFileSync(join(hall, 'etc/mesh-art/dns.conf'), '# by hand\n')
    chmodSync(join(hall, 'etc/mesh-art/mesh.conf'), 0o644)
    writeFileSync(join(hall, 'etc/mesh-art/stray'), '')
    rmSync(join(hall, 'etc/systemd/system/apt-daily.timer'))
    symlinkSync('/bin/true', join(hall, 'etc/systemd/system/apt-daily.timer'))
    rmSync(join(hall, 'etc/hostname'))
    const { status, stdout, stderr } = check(join(out, 'hall'))
    expect(status).toBe(1)
    expect(stdout.trim().split('\n')).toEqual([
      'hall /etc/hostname: manifest: cannot be read (ENOENT)',
      'hall /etc/mesh-art/dns.conf: manifest: is not what was rendered: change venue.yaml, and render again',
      'hall /etc/mesh-art/mesh.conf: manifest: has mode 0644, not 0600',
      'hall /etc/systemd/system/apt-daily.timer: manifest: leads elsewhere than to /dev/null',
      'hall /etc/mesh-art/stray: manifest: was not rendered',
    ])
    expect(stderr).toContain('5 found wrong')
  }, 120_000)
})
