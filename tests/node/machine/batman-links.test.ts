import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { batmanLinks } from '../../../node/machine/batman-links.ts'
import { MachineReader } from '../../../node/machine/machine-reader.ts'

const originators = JSON.stringify([
  { orig_address: '02:00:00:00:01:01', tq: 255, best: true, neigh_address: '02:00:00:00:01:01' },
  { orig_address: '02:00:00:00:01:02', tq: 51, neigh_address: '02:00:00:00:01:02' },
  { orig_address: '02:00:00:00:01:02', tq: 204, best: true, neigh_address: '02:00:00:00:01:01' },
  { orig_address: '02:00:00:00:01:03', best: true },
])
const clients = JSON.stringify([
  { tt_address: '0A:00:00:00:00:01', orig_address: '02:00:00:00:01:01', tt_vid: 0, best: true },
  { tt_address: '0a:00:00:00:00:02', orig_address: '02:00:00:00:01:01', tt_vid: 0 },
  { tt_address: '0a:00:00:00:00:02', orig_address: '02:00:00:00:01:02', tt_vid: 0, best: true },
  { tt_address: '0a:00:00:00:00:03', orig_address: '02:00:00:00:01:03', best: true },
])
const neighbours = JSON.stringify([
  { dst: '10.78.0.1', lladdr: '0a:00:00:00:00:01', state: ['REACHABLE'] },
  { dst: '10.78.0.2', lladdr: '0a:00:00:00:00:02', state: ['STALE'] },
  { dst: '10.78.0.3', lladdr: '0a:00:00:00:00:03', state: ['STALE'] },
  { dst: '10.78.0.9', state: ['FAILED'] },
  { dst: 'fe80::1', lladdr: '0a:00:00:00:00:02', state: ['STALE'] },
])
const known = [
  ['10.78.0.1', 1],
  ['10.78.0.2', 0.8],
  ['fe80::1', 0.8],
]

describe('how well nodes are reached over batman-adv', () => {
  it('is the quality of the best way to the radio behind which an address is', () => {
    expect([...batmanLinks({ originators, clients, neighbours })]).toEqual(known)
  })

  it('is the throughput of the best way, beside that to the node that is reached best, where batman-adv tells that', () => {
    const told = JSON.stringify([
      { orig_address: '02:00:00:00:01:01', throughput: 46_200, best: true },
      { orig_address: '02:00:00:00:01:02', throughput: 4_620, best: true },
      { orig_address: '02:00:00:00:01:02', throughput: 100 },
      { orig_address: '02:00:00:00:01:03', throughput: 0, best: true },
    ])
    expect([...batmanLinks({ originators: told, clients, neighbours })]).toEqual([
      ['10.78.0.1', 1],
      ['10.78.0.2', 0.1],
      ['fe80::1', 0.1],
    ])
  })

  it('is not known where what is told is not what it should be', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constantFrom(originators, clients, neighbours))
    fc.assert(
      fc.property(texts, texts, texts, (first, second, third) => {
        const links = batmanLinks({ originators: first, clients: second, neighbours: third })
        for (const share of links.values()) {
          expect(share).toBeGreaterThan(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
    )
    expect(batmanLinks({ originators: 'Error - mesh bat0 is not there', clients, neighbours }).size).toBe(0)
  })

  it('is read from what a unit that may ask has written, where this program may not', async () => {
    const root = mkdtempSync(join(tmpdir(), 'mesh-art-batman-'))
    onTestFinished(() => rmSync(root, { recursive: true }))
    const reader = new MachineReader(root)
    expect((await reader.linkQualities()).size).toBe(0)
    const folder = join(root, 'run/mesh-art-links')
    for (const name of [folder, join(root, 'sys/class/net/bat0')]) mkdirSync(name, { recursive: true })
    for (const [table, text] of Object.entries({ originators, transtable_global: clients, neighbours }))
      writeFileSync(join(folder, table), text)
    expect([...(await reader.linkQualities())]).toEqual(known)
    expect((await reader.read()).tq).toEqual([255, 204])
    writeFileSync(join(folder, 'transtable_global'), clients + ' '.repeat(1024 * 1024))
    expect((await reader.linkQualities()).size).toBe(0)
  })
})
