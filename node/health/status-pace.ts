import { healthLimits } from './limits.ts'

/** How soon something is said: what others should act on, what merely goes on, what is as it was. */
export type StatusUrgency = 'urgent' | 'progress' | 'routine'

/**
 * The shortest time between two statuses of a node, so that all of them together stay within what monitoring may cost each node,
 * however many there are: life itself is proven by other means.
 * @param nodes heard of late, this one included
 * @param bytes of a status
 */
export function statusGapMs(urgency: StatusUrgency, nodes: number, bytes: number): number {
  const { statusBytesPerSecond, statusCopies, statusFirstMs, statusLastMs, progressLastMs } = healthLimits
  const fairMs = (nodes * (bytes + OVERHEAD_BYTES) * statusCopies * 1000) / statusBytesPerSecond
  const routineMs = Math.min(statusLastMs, Math.max(statusFirstMs, fairMs))
  if (urgency === 'routine') return routineMs
  if (urgency === 'urgent') return healthLimits.urgentMs
  return Math.min(progressLastMs, Math.max(healthLimits.urgentMs, routineMs / 8))
}

/** Topic, frames, encryption and packets around a gossiped status. */
const OVERHEAD_BYTES = 240
