import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BoardLight } from '../../../node/technician/board-light.ts'

let leds: string
const trigger = (): string => readFileSync(join(leds, 'ACT', 'trigger'), 'utf8')

beforeEach(() => {
  leds = mkdtempSync(join(tmpdir(), 'mesh-art-leds-'))
})
afterEach(() => {
  rmSync(leds, { recursive: true })
})

describe('the light of the board', () => {
  it('blinks, longer when asked again, and follows what it followed before', async () => {
    mkdirSync(join(leds, 'ACT'))
    writeFileSync(join(leds, 'ACT', 'trigger'), 'none rc-feedback [mmc0] timer heartbeat')
    const light = new BoardLight(leds)
    expect(await light.blink(60_000)).toBe(true)
    expect(trigger()).toBe('heartbeat')
    // As the kernel writes what was chosen.
    writeFileSync(join(leds, 'ACT', 'trigger'), 'none rc-feedback mmc0 timer [heartbeat]')
    expect(await light.blink(20)).toBe(true)
    await vi.waitFor(() => expect(trigger()).toBe('mmc0'), { timeout: 30_000 })
  })

  it('follows what it followed before at once when the node is stopped, and blinks no more', async () => {
    mkdirSync(join(leds, 'ACT'))
    writeFileSync(join(leds, 'ACT', 'trigger'), 'none [actpwr] heartbeat')
    const light = new BoardLight(leds)
    expect(await light.blink(60_000)).toBe(true)
    await light.stop()
    expect(trigger()).toBe('actpwr')
    expect(await light.blink(60_000)).toBe(false)
    expect(trigger()).toBe('actpwr')
  })

  it('is left alone by a node that stops without having been asked to blink', async () => {
    mkdirSync(join(leds, 'ACT'))
    writeFileSync(join(leds, 'ACT', 'trigger'), 'none [mmc0] heartbeat')
    await new BoardLight(leds).stop()
    expect(trigger()).toBe('none [mmc0] heartbeat')
  })

  it('is none where the machine has none that is known', async () => {
    mkdirSync(join(leds, 'input3::capslock'))
    expect(await new BoardLight(leds).blink(10)).toBe(false)
    expect(await new BoardLight(join(leds, 'nowhere')).blink(10)).toBe(false)
  })
})
