import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const LEDS = '/sys/class/leds'
/** The green light of a Raspberry Pi, by its names over the years; those that mesh-art-node.service makes the node's to switch. */
const NAMES = ['ACT', 'led0']

/** The light of the machine, where it has one: blinks for a while, and is then given back to what it followed before. */
export class BoardLight {
  readonly #leds: string
  #blinking: { readonly before: string; readonly timer: NodeJS.Timeout } | undefined

  constructor(leds = LEDS) {
    this.#leds = leds
  }

  /** Asked again while it blinks, it blinks longer. @returns false where there is no light, or it is not ours to switch */
  async blink(ms: number): Promise<boolean> {
    let trigger: string
    let before: string
    try {
      const there = await readdir(this.#leds)
      const name = NAMES.find((one) => there.includes(one))
      if (name === undefined) return false
      trigger = join(this.#leds, name, 'trigger')
      before = this.#blinking?.before ?? /\[([\w-]+)\]/.exec(await readFile(trigger, 'utf8'))?.[1] ?? 'none'
      await writeFile(trigger, 'heartbeat')
    } catch {
      // No lights on this machine, or a service that may look at them only.
      return false
    }
    clearTimeout(this.#blinking?.timer)
    const timer = setTimeout(() => {
      this.#blinking = undefined
      // It was ours a minute ago; if it is not any more, it blinks on, and does no harm.
      writeFile(trigger, before).catch(() => undefined)
    }, ms)
    timer.unref()
    this.#blinking = { before, timer }
    return true
  }
}
