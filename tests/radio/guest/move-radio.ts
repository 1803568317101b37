import { execFileSync } from 'node:child_process'
import type { Namespace } from '../../venue/support/namespace.ts'
import type { Air } from './air.ts'

/** Gives a radio to a namespace: it is nobody else's then. */
export function moveRadio(air: Air, mac: string, namespace: Namespace): void {
  execFileSync('iw', ['phy', air.phy(mac), 'set', 'netns', 'name', namespace.name])
}
