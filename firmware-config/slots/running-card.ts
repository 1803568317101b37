import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { ImageError } from '../image/image-error.ts'
import { runProgram } from '../image/run-program.ts'
import { runningSlot } from './command-line.ts'
import type { RunningSlot } from './command-line.ts'
import type { Slot } from './slot.ts'

/** Where init.sh leaves the slot that runs. */
const runningMount = '/run/mesh-art-root/below'
/** The boot partition, as its unit mounts it for mesh-art-slot-good.service, and takes it away after. */
const unitMount = '/run/mesh-art-boot'
/** And as anybody else does. */
const bootMount = '/run/mesh-art-boot-update'
const slotMount = '/run/mesh-art-slot'
/** Number of the process that starts the machine again when nobody says in time that all is well (init.sh). */
const trialFile = '/run/mesh-art-trial'
const partNumbers = { boot: 1, a: 2, b: 3 } as const

/** The card that this machine was started from. */
export class RunningCard {
  readonly running: RunningSlot
  readonly #mounts: ReadonlyMap<string, string>

  private constructor(running: RunningSlot, mounts: ReadonlyMap<string, string>) {
    this.running = running
    this.#mounts = mounts
  }

  /** @throws {ImageError} where this machine was not started from a card of ours */
  static async find(): Promise<RunningCard> {
    const running = runningSlot(await readFile('/proc/cmdline', 'utf8'))
    const mounts = new Map<string, string>()
    for (const line of (await readFile('/proc/self/mounts', 'utf8')).split('\n')) {
      const [device, folder] = line.split(' ')
      if (device !== undefined && folder !== undefined) mounts.set(folder, device)
    }
    if (running === null || !mounts.has(runningMount))
      throw new ImageError("this computer was not started from a card that 'mesh-art firmware image' made")
    return new RunningCard(running, mounts)
  }

  /** A part of the same disk as the slot that runs: `/dev/mmcblk0p3`. @throws {ImageError} where something has it mounted */
  part(name: 'boot' | Slot): string {
    const own = this.#mounts.get(runningMount) ?? ''
    const device = own.replace(/\d+$/, String(partNumbers[name]))
    if (name === this.running.slot || (name !== 'boot' && [...this.#mounts.values()].includes(device)))
      throw new ImageError(`slot ${name} is in use (${basename(device)})`)
    return device
  }

  /** With the boot partition mounted at a folder, as long as `use` takes. @param isUnit it was mounted for this process */
  async withBoot<T>(isUnit: boolean, use: (folder: string) => Promise<T>): Promise<T> {
    if (isUnit && this.#mounts.has(unitMount)) return use(unitMount)
    let result: { readonly value: T } | undefined
    const options = ['-t', 'vfat', '-o', 'rw,nosuid,nodev,noexec,umask=077']
    await mounted(this.part('boot'), bootMount, options, async () => {
      result = { value: await use(bootMount) }
    })
    if (result === undefined) throw new Error('the boot partition was not used')
    return result.value
  }

  readonly openSlot = (device: string, use: (folder: string) => Promise<void>): Promise<void> =>
    mounted(device, slotMount, ['-t', 'squashfs', '-o', 'ro,nosuid,nodev,noexec'], () => use(slotMount))

  readonly forgetCached = async (device: string): Promise<void> => {
    await runProgram({ command: 'blockdev', args: ['--flushbufs', device] })
    await writeFile('/proc/sys/vm/drop_caches', '1')
  }

  /** Nobody waits any more for this slot to be well. */
  async endTrial(): Promise<void> {
    const pid = Number(await readFile(trialFile, 'utf8').catch(() => ''))
    if (!Number.isInteger(pid) || pid < 2) return
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

async function mounted(
  device: string,
  folder: string,
  options: readonly string[],
  use: () => Promise<void>,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await runProgram({ command: 'mount', args: [...options, device, folder] })
  try {
    await use()
  } finally {
    // Another namespace may have it mounted too: then taking it away writes nothing.
    await runProgram({ command: 'sync', args: ['-f', folder] })
    await runProgram({ command: 'umount', args: [folder] })
  }
}
