import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventBus } from '../../../node/lifecycle/events.ts'
import { startStatusLight } from '../../../node/status-light.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-art-light-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('the file that the board’s light follows', () => {
  it('says which node a technician looks for, and then again how it is', async () => {
    const events = createEventBus()
    const state = new MeshState()
    const path = join(folder, 'light')
    let nowMs = 0
    const stop = startStatusLight({
      path,
      events,
      state,
      works: () => ({ complete: 1, total: 1 }),
      steadyNowMs: () => nowMs,
      logger: pino({ level: 'silent' }),
    })
    const says = (word: string) =>
      vi.waitFor(() => expect(readFileSync(path, 'utf8')).toBe(`${word}\n`), { timeout: 30_000 })
    await says('alone')
    state.identifyUntilMs = 60_000
    events.emit('mesh')
    await says('identify')
    nowMs = 60_000
    events.emit('mesh')
    await says('alone')
    state.identifyUntilMs = 120_000
    events.emit('mesh')
    await says('identify')
    await stop()
    expect(readFileSync(path, 'utf8')).toBe('alone\n')
  })
})
