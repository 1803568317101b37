import { lackCauses } from '../wire/status-health.ts'
import type { StatusHealth } from '../wire/status-health.ts'
import { healthLimits } from './limits.ts'

/**
 * What of a node's health others should hear of at once, and not with its next status: all that makes or ends a condition (conditions.ts). Two
 * that are the same here differ in figures alone.
 */
export function worthTelling(health: StatusHealth): string {
  const { mem, disk, temp = 0, load, throttled = 0 } = health
  const [available, total] = mem
  const [, free, reserve] = disk
  const l = healthLimits
  return JSON.stringify([
    health.full,
    health.diskErrors,
    health.counts,
    health.clients,
    health.draining,
    health.identify,
    health.named,
    health.rest,
    throttled & 0x7,
    band(temp, l.cooledCelsius, l.hotCelsius),
    band(load, l.loadEased, l.loadHigh),
    total === 0 ? 0 : band(available / total, l.memoryLow, l.memoryEased),
    reserve === 0 ? 0 : band(free / reserve, l.diskLow, l.diskEased),
    health.links.map(([, , , losses, ahead, isSlow]) => [
      losses,
      Math.abs(ahead) > l.clockOffSeconds ? Math.sign(ahead) : 0,
      isSlow,
    ]),
    health.lacks.filter(([, cause]) => lackCauses[cause] !== 'coming').map(([root, cause]) => [root, cause]),
  ])
}

function band(value: number, ...edges: readonly number[]): number {
  return edges.filter((edge) => value >= edge).length
}
