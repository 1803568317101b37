import { readFileSync, writeFileSync } from 'node:fs'

/** `getconf CLK_TCK`: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

export interface ProcessFigures {
  /** Physical memory that is mapped, pages shared with other processes (the runtime's own file) included. */
  readonly rssMiB: number
  /** The part of it that is no file's: heaps, stacks, buffers. */
  readonly anonymousMiB: number
  /** The highest `rssMiB` since the start, or since `forgetPeak`. */
  readonly peakRssMiB: number
  /** User and system, all threads, since the start. */
  readonly cpuSeconds: number
}

/** What the kernel says of a process (proc(5)). @throws when it has ended */
export function processFigures(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mebibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The program's name, in brackets, may hold spaces; utime and stime are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    rssMiB: mebibytes('VmRSS'),
    anonymousMiB: mebibytes('RssAnon'),
    peakRssMiB: mebibytes('VmHWM'),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  }
}

/** Lets the highest resident size count from now on. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}
