import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { Air } from './air.ts'
import { RadioNode } from './radio-node.ts'
import { RadioPhone } from './radio-phone.ts'
import { radios } from './radios.ts'

export const prepared = '/program/venue'

/** Three nodes in a row, each hearing the next, and two phones that are nowhere yet. */
export class RadioVenue {
  readonly air: Air
  readonly entrance: RadioNode
  readonly staircase: RadioNode
  readonly laboratory: RadioNode
  readonly ada: RadioPhone
  readonly bo: RadioPhone
  readonly say: (line: string) => void

  constructor(say: (line: string) => void) {
    this.say = say
    // The kernel is shared, and so are its settings: these are the first node's own.
    const settings = '/etc/modprobe.d/mesh-art.conf'
    copyFileSync(`${prepared}/cards/entrance/root${settings}`, settings)
    execFileSync('modprobe', ['mac80211_hwsim', `radios=${radios.count}`])
    this.air = new Air()
    this.entrance = new RadioNode('entrance', 1, this.air)
    this.staircase = new RadioNode('staircase', 2, this.air)
    this.laboratory = new RadioNode('laboratory', 3, this.air)
    this.ada = new RadioPhone('phone-of-ada', 0, this.air)
    this.bo = new RadioPhone('phone-of-bo', 1, this.air)
    this.hear(this.entrance, this.staircase)
    this.hear(this.staircase, this.laboratory)
  }

  get nodes(): readonly RadioNode[] {
    return [this.entrance, this.staircase, this.laboratory]
  }

  /** Two mesh radios are within earshot of each other, or no longer. */
  hear(one: RadioNode, other: RadioNode, isHeard = true): void {
    if (isHeard) this.air.join(one.meshMac, other.meshMac)
    else this.air.cut(one.meshMac, other.meshMac)
  }
}
