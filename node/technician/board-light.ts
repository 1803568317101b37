import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const LEDS = '/sys/class/leds'
/** The green light of a Raspberry Pi, by its names over the years; those that mesh-art-node.service makes the node's to switch. */
const NAMES = ['ACT', 'led0']

interface Blinking {
  readonly trigger: string
  /** What it followed. */
  readonly before: string
  readonly timer: NodeJS.Timeout
}

/** The light of the machine, where it has one: blinks for a while, and is then given back to what it followed before. */
export class BoardLight {
  readonly #leds: string
  #blinking: Blinking | undefined
  #isStopped = false

  constructor(leds = LEDS) {
    this.#leds = leds
  }

  /** Asked again while it blinks, it blinks longer. @returns false where there is no light, or it is not ours to switch */
  async blink(ms: number): Promise<boolean> {
    try {
      const there = await readdir(this.#leds)
      const name = NAMES.find((one) => there.includes(one))
      if (name === undefined) return false
      const trigger = join(this.#leds, name, 'trigger')
      const followed = /\[([\w-]+)\]/.exec(await readFile(trigger, 'utf8'))?.[1] ?? 'none'
      if (this.#isStopped) return false
      const before = this.#blinking?.before ?? followed
      clearTimeout(this.#blinking?.timer)
      const timer = setTimeout(() => void this.#giveBack(), ms)
      timer.unref()
      this.#blinking = { trigger, before, timer }
      await writeFile(trigger, 'heartbeat')
      return true
    } catch {
      // No lights on this machine, or a service that may look at them only.
      clearTimeout(this.#blinking?.timer)
      this.#blinking = undefined
      return false
    }
  }

  /** A node that is stopped is not the one that a technician looks for: it blinks no longer, and never again. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#giveBack()
  }

  async #giveBack(): Promise<void> {
    if (this.#blinking === undefined) return
    const { trigger, before, timer } = this.#blinking
    clearTimeout(timer)
    this.#blinking = undefined
    // It was ours a minute ago; if it is not any more, it blinks on, and does no harm.
    await writeFile(trigger, before).catch(() => undefined)
  }
}
