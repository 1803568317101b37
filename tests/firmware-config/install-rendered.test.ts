import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { spawnSync } from 'node:child_process'
import { renderNode } from '../../firmware-config/render/render-node.ts'
import { parseVenue } from '../../firmware-config/schema/venue.ts'
import { applyRendered, undoRendered } from '../../node/cli/apply-rendered.ts'
import { writeRendered } from '../../node/cli/write-rendered.ts'
import { treeOf, write } from './checkout.ts'
import { draftOf, testSecrets } from './venues.ts'
import type { Draft } from './venues.ts'

const bin = resolve(import.meta.dirname, '../../node/bin.js')
const programs = ['hostapd', 'dnsmasq', 'nft', 'wpa_supplicant', 'chronyd', 'iw']
let scratch: string
let target: string

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'mesh-art-apply-'))
  target = join(scratch, 'target')
  // A system that somebody already lives in.
  write(join(target, 'etc/hostname'), 'raspberrypi\n')
  write(join(target, 'etc/chrony/chrony.conf'), 'pool debian\n', 0o600)
  write(join(target, 'etc/keep'), 'me\n')
})

afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

async function render(change: (draft: Draft) => void = () => undefined): Promise<string> {
  const draft = draftOf('nemo')
  change(draft)
  const parsed = parseVenue(draft)
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues))
  const [node] = parsed.venue.nodes
  if (node === undefined) throw new Error('no node')
  writeRendered(join(scratch, 'cards'), renderNode({ venue: parsed.venue, node, secrets: testSecrets }))
  return join(scratch, 'cards', node.name)
}

function install(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'firmware', 'install', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('firmware install', () => {
  it('puts what was rendered in its place, but for what is only for a card of our own', async () => {
    const folder = await render()
    await applyRendered(folder, target)
    const tree = treeOf(target)
    expect(tree['etc/hostname']).toBe('644 entrance\n')
    expect(tree['etc/mesh-art/mesh.conf']).toMatch(/^600 /)
    expect(tree['etc/systemd/system/ssh.service']).toBe('-> /dev/null')
    expect(tree['etc/fstab']).toBeUndefined()
    expect(tree['etc/keep']).toBe('644 me\n')
  })

  it('changes nothing when run again', async () => {
    const folder = await render()
    await applyRendered(folder, target)
    const before = treeOf(target)
    expect(await applyRendered(folder, target)).toMatchObject({ changed: [], removed: [] })
    expect(treeOf(target)).toEqual(before)
  })

  it('takes away what a newer rendering has not got, and changes only what differs', async () => {
    await applyRendered(await render(), target)
    const newer = await render((draft) => {
      draft.services = { time: false }
      draft.hotspot.ssid = 'Other'
    })
    expect(await applyRendered(newer, target)).toEqual({
      node: 'entrance',
      changed: ['/etc/mesh-art/firewall.nft', '/etc/mesh-art/hotspot.conf'],
      removed: ['/etc/chrony/chrony.conf'],
    })
    // What was there before is back.
    expect(treeOf(target)['etc/chrony/chrony.conf']).toBe('600 pool debian\n')
  })

  it('undoes all of it, to the byte', async () => {
    const before = treeOf(target)
    await applyRendered(await render(), target)
    expect(treeOf(target)).not.toEqual(before)
    await applyRendered(await render((draft) => (draft.nodes[0].name = 'door')), target)
    expect(await undoRendered(target)).not.toBeNull()
    expect(treeOf(target)).toEqual(before)
    expect(await undoRendered(target)).toBeNull()
  })

  it('says what it would do, and leaves everything as it is', async () => {
    const folder = await render()
    for (const name of programs) write(join(target, 'usr/sbin', name), '', 0o755)
    const before = treeOf(target)
    const said = install(folder, '--root', target, '--dry-run', '--no-program')
    expect(said).toMatchObject({ status: 0, stderr: '' })
    expect(said.stdout).toContain('would change /etc/mesh-art/dns.conf')
    expect(said.stdout).not.toContain(testSecrets.mesh)
    expect(treeOf(target)).toEqual(before)
  })

  it('works from the command line, and back', async () => {
    const folder = await render()
    for (const name of programs) write(join(target, 'usr/sbin', name), '', 0o755)
    const before = treeOf(target)
    expect(install(folder, '--root', target, '--no-program')).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(join(target, 'etc/hostname'), 'utf8')).toBe('entrance\n')
    expect(install(folder, '--root', target, '--no-program').stdout).toBe(
      'entrance: everything was in its place\n',
    )
    expect(install('--undo', '--root', target, '--no-program')).toMatchObject({ status: 0, stderr: '' })
    expect(treeOf(target)).toEqual(before)
  })

  it('refuses in one line what it cannot do, and changes nothing', async () => {
    const before = treeOf(target)
    const folder = await render()
    const missing = install(folder, '--root', target, '--no-program')
    expect(missing.status).toBe(1)
    expect(missing.stderr).toMatch(
      /^mesh-art: programs are missing that the node needs: apt-get install .*hostapd.*\n$/,
    )
    mkdirSync(join(scratch, 'empty'))
    expect(install(join(scratch, 'empty'), '--root', target).stderr).toMatch(
      /^mesh-art: .* is no rendered node.*\n$/,
    )
    expect(install('--root', target)).toMatchObject({ status: 2 })
    expect(install(folder, '--root', join(scratch, 'nowhere'))).toMatchObject({ status: 2 })
    // A manifest that leads out of the system.
    write(
      join(folder, 'manifest.json'),
      JSON.stringify({ node: 'x', files: [{ path: '/../escaped', scope: 'system', mode: '0644' }] }),
    )
    await expect(applyRendered(folder, target)).rejects.toThrow('is no rendered node')
    expect(treeOf(target)).toEqual(before)
  })
})
