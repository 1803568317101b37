import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { requestClock } from '../../../node/technician/clock-request.ts'
import { temporaryDirectory } from '../store/temporary-directory.ts'

describe('the wish for another time', () => {
  it('is written down where somebody watches for it, and nowhere else', async () => {
    const dir = await temporaryDirectory()
    const folder = join(dir, 'run')
    const watcher = join(dir, 'mesh-art-clock.path')
    mkdirSync(folder)
    expect(await requestClock(1_800_000_000, folder, watcher)).toBe(false)
    writeFileSync(watcher, '')
    expect(await requestClock(1_800_000_000, undefined, watcher)).toBe(false)
    expect(await requestClock(1_800_000_000, join(dir, 'nowhere'), watcher)).toBe(false)
    expect(await requestClock(1_800_000_000, folder, watcher)).toBe(true)
    expect(readFileSync(join(folder, 'set-clock'), 'utf8')).toBe('1800000000\n')
  })
})
