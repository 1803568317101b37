import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCommand } from '../system-tools.ts'

const unitName = 'mesh-art-node.service'
const unit = readFileSync(resolve(import.meta.dirname, '../../firmware-config/systemd', unitName), 'utf8')

/** In tenths: at most 2.0. */
const exposureLimit = 20

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-art-unit-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function analyze(text: string, ...args: string[]) {
  const path = join(folder, unitName)
  writeFileSync(path, text)
  const { status, stdout, stderr } = spawnSync(
    findCommand('systemd-analyze') ?? 'systemd-analyze',
    [...args, path],
    { encoding: 'utf8', env: { ...process.env, SYSTEMD_COLORS: '0', SYSTEMD_PAGER: '' } },
  )
  return { status, stdout, stderr }
}

/** `verify` exits 0 for keys it does not know: what it prints is the verdict. The program is not installed here. */
function complaints(text: string): string {
  return analyze(text.replaceAll(/(?<==)\/opt\/\S+\/node(?= )/g, '/bin/true'), 'verify', '--man=no').stderr
}

function security(text: string) {
  return analyze(text, 'security', '--offline=true', `--threshold=${exposureLimit}`)
}

describe('the systemd unit', () => {
  it('has no complaint of systemd-analyze verify', () => {
    expect(complaints(unit)).toBe('')
  })

  it('would be told of a mistyped key, value and a program that is not there', () => {
    expect(complaints(unit.replace('NoNewPrivileges=', 'NoNewPrivilges='))).toContain('NoNewPrivilges')
    expect(complaints(unit.replace('PrivateTmp=yes', 'PrivateTmp=perhaps'))).toContain('perhaps')
    expect(analyze(unit, 'verify', '--man=no').stderr).toContain('is not executable')
  })

  it('is exposed no more than 2.0', () => {
    expect(security(unit)).toMatchObject({ status: 0 })
  })

  it('would be found too exposed with half of its hardening', () => {
    const softened = unit.replaceAll(/^(Protect|Private|Restrict|SystemCall)\w+=.*$/gm, '')
    expect(security(softened).status).not.toBe(0)
  })

  it('leaves V8 its writable and executable memory, without which Node dies', () => {
    expect(unit).not.toMatch(/^MemoryDenyWriteExecute=/m)
  })
})
