import type { BoardId } from '../schema/boards.ts'
import { commandLinePath, slotWords } from '../slots/command-line.ts'
import { piChoice, piConfigPath } from '../slots/pi-loader.ts'
import type { Slot } from '../slots/slot.ts'
import { entryPath, loaderEntry } from '../slots/uefi-loader.ts'
import { hex32 } from './card-identity.ts'

/** A small text on the boot partition. */
export interface BootFile {
  readonly path: string
  readonly text: string
}

/** Which program starts a board: the Pi's own, or UEFI's. */
export function startsBy(board: BoardId): 'pi' | 'uefi' {
  return board.startsWith('pi-') ? 'pi' : 'uefi'
}

/** Device trees of a board's variants, below `broadcom/` in Debian's kernel. */
export const deviceTrees: Readonly<Record<BoardId, readonly string[]>> = {
  'pi-zero-2-w': ['bcm2837-rpi-zero-2-w.dtb'],
  'pi-3': ['bcm2837-rpi-3-b.dtb'],
  'pi-3-plus': ['bcm2837-rpi-3-b-plus.dtb', 'bcm2837-rpi-3-a-plus.dtb'],
  'pi-4': ['bcm2711-rpi-4-b.dtb', 'bcm2711-rpi-400.dtb', 'bcm2711-rpi-cm4-io.dtb'],
  'pi-5': ['bcm2712-rpi-5-b.dtb', 'bcm2712-d-rpi-5-b.dtb'],
  'generic-arm64': [],
  'generic-amd64': [],
}

const consoles: Readonly<Record<BoardId, string>> = {
  'pi-zero-2-w': 'console=tty1',
  'pi-3': 'console=tty1',
  'pi-3-plus': 'console=tty1',
  'pi-4': 'console=tty1',
  'pi-5': 'console=tty1',
  'generic-arm64': 'console=ttyAMA0,115200 console=tty1',
  'generic-amd64': 'console=ttyS0,115200 console=tty1',
}

/** What the kernel is told. The initramfs finds the card by its id; a system that is lost starts again. */
export function commandLine(board: BoardId, diskId: number, slot: Slot): string {
  return [
    `mesh-art.card=${hex32(diskId)}`,
    slotWords(slot),
    consoles[board],
    'panic=10',
    'oops=panic',
    'quiet',
    // The data partition: what a power cut left is mended without asking.
    'fsck.repair=yes',
    // Nobody logs in at a screen or a serial line; and SSH, where a venue wants it, is ssh.service alone, no socket that systemd adds.
    'systemd.getty_auto=no',
    'systemd.ssh_auto=no',
    // The Pi's first stage may turn it off; limits of memory need it.
    ...(startsBy(board) === 'pi' ? ['cgroup_enable=memory'] : []),
  ].join(' ')
}

/** The texts by which the first stage finds kernel, initramfs and command line of slot a, which a new card starts. */
export function bootFiles(board: BoardId, diskId: number): BootFile[] {
  const slot = 'a'
  const line = `${commandLine(board, diskId, slot)}\n`
  const words = { path: commandLinePath(slot), text: line }
  if (startsBy(board) === 'pi') return [{ path: piConfigPath, text: piConfig(slot) }, words]
  return [
    { path: 'loader/loader.conf', text: 'timeout 0\neditor no\nauto-entries no\nauto-firmware no\n' },
    { path: entryPath(slot), text: loaderEntry(slot, 1, line) },
    words,
  ]
}

/** A Raspberry Pi's config.txt. Which slot starts is said first, where it is changed in place. */
export function piConfig(slot: Slot): string {
  return `${piChoice(slot)}arm_64bit=1
kernel=vmlinuz
initramfs initrd followkernel
cmdline=cmdline.txt
upstream_kernel=1
disable_overscan=1
gpu_mem=16
[pi5]
os_check=0
[all]
`
}
