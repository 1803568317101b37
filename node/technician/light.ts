import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const LEDS = '/sys/class/leds'
/** The green light of a Raspberry Pi, by its names over the years. */
const NAMES = ['ACT', 'led0', 'PWR']

/** Blinks the light of the machine, and then gives it back. @returns false where there is none, or it is not ours to switch */
export async function blinkLight(ms: number, leds = LEDS): Promise<boolean> {
  let name: string | undefined
  try {
    const there = await readdir(leds)
    name = NAMES.find((one) => there.includes(one))
  } catch {
    // No lights on this machine.
    return false
  }
  if (name === undefined) return false
  const trigger = join(leds, name, 'trigger')
  try {
    const before = /\[([\w-]+)\]/.exec(await readFile(trigger, 'utf8'))?.[1] ?? 'none'
    await writeFile(trigger, 'heartbeat')
    setTimeout(() => {
      // It was ours a minute ago; if it is not any more, it blinks on, and does no harm.
      writeFile(trigger, before).catch(() => undefined)
    }, ms).unref()
    return true
  } catch {
    // A hardened service may look at it only.
    return false
  }
}
