import { readFileSync } from 'node:fs'
import { trafficOf } from '../../venue/support/network.ts'
import type { Traffic } from '../../venue/support/network.ts'
import { processFigures } from '../support/process-figures.ts'

/** `getconf CLK_TCK`: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

/** User and system seconds of a process, all threads, and of its children that have ended (proc_pid_stat(5)). */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The program's name, in brackets, may hold spaces; utime, stime, cutime and cstime are fields 14 to 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS_PER_SECOND
}

export function peakRssMiB(pid: number): number {
  return processFigures(pid).peakRssMiB
}

/** What crossed a device of the namespace that a process is in, without a process of its own for the question. */
export function trafficBeside(pid: number, device: string): Traffic {
  return trafficOf(readFileSync(`/proc/${pid}/net/dev`, 'utf8'), device)
}

/** What all cores did since the start of the machine (proc_stat(5)), its interrupts included. */
export function machineCpu(): { readonly busySeconds: number; readonly stolenSeconds: number } {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const ticks = first.split(/\s+/).slice(1).map(Number)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = ticks
  return {
    busySeconds: (user + nice + system + irq + softirq) / TICKS_PER_SECOND,
    stolenSeconds: steal / TICKS_PER_SECOND,
  }
}
