import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodeGrant } from '../../../artworks/format/records.ts'
import { isInForce, loadOwnName, saveOwnName } from '../../../node/technician/own-name.ts'
import { dids } from '../http/exhibition-fixture.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mesh-art-name-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const grant = (sequence?: number): NodeGrant => ({
  kind: 'node-grant',
  v: 1,
  exhibition: dids.steward,
  node: dids.node,
  name: 'as granted',
  ...(sequence === undefined ? {} : { sequence }),
})

describe('the name that a technician gave', () => {
  it('holds until the steward gives another', () => {
    const name = { name: 'Zolder', over: 2 }
    expect([undefined, 1, 2, 3].map((sequence) => isInForce(name, grant(sequence)))).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(isInForce({}, grant())).toBe(true)
    expect(isInForce({}, grant(1))).toBe(false)
  })

  it('is there after a restart, and none when the file is not whole', async () => {
    const name = { name: 'Zolder', place: { nl: 'boven' }, over: 2 }
    await saveOwnName(dir, name)
    expect(await loadOwnName(dir)).toEqual(name)
    writeFileSync(join(dir, 'name.json'), '{"name":"Zol')
    expect(await loadOwnName(dir)).toBeUndefined()
  })
})
