import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { moveTo } from '../../../firmware-config/image/move-to.ts'

/** Memory of the system's own: never the disk that temporary files are on. */
const otherDisk = '/dev/shm'

describe('a card that is made', () => {
  let from: string
  let to: string
  beforeEach(() => {
    from = mkdtempSync(join(tmpdir(), 'mesh-art-move-'))
    to = mkdtempSync(join(otherDisk, 'mesh-art-move-'))
    writeFileSync(join(from, 'card'), 'a card', { mode: 0o600 })
  })
  afterEach(() => {
    for (const folder of [from, to]) rmSync(folder, { recursive: true, force: true })
  })

  it('is moved to another disk, for its owner alone', async () => {
    const target = join(to, 'foyer.img')
    await moveTo(join(from, 'card'), target)
    expect(readFileSync(target, 'utf8')).toBe('a card')
    expect(statSync(target).mode & 0o777).toBe(0o600)
    expect([readdirSync(from), readdirSync(to)]).toEqual([[], ['foyer.img']])
  })

  it('stays where it is when it cannot be moved, and why is said', async () => {
    const target = join(from, 'foyer.img')
    mkdirSync(target)
    await expect(moveTo(join(from, 'card'), target)).rejects.toThrow('EISDIR')
    expect(readdirSync(from).toSorted()).toEqual(['card', 'foyer.img'])
  })

  it('stays where it is when the other disk does not take it, and nothing is left there', async () => {
    const target = join(to, 'foyer.img')
    mkdirSync(target)
    await expect(moveTo(join(from, 'card'), target)).rejects.toThrow('EISDIR')
    expect(readFileSync(join(from, 'card'), 'utf8')).toBe('a card')
    expect(readdirSync(to)).toEqual(['foyer.img'])
  })
})
