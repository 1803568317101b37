import { readFileSync } from 'node:fs'
import { emulatedWords } from './emulated-words.ts'

/** Boards that qemu knows, by our names. */
export const emulatedBoards = ['generic-amd64', 'generic-arm64', 'pi-3'] as const
export type EmulatedBoard = (typeof emulatedBoards)[number]

export interface EmulatorNeeds {
  readonly image: string
  /** Brings a file of the boot partition out of the image. @returns where it is */
  readonly boot: (path: string) => string
  /** Gets what the machine says on its serial line. */
  readonly console: string
  /** Of this machine, leads to port 80 of the node. */
  readonly port: number
  /** An image that is plugged in beside the card, as a USB stick would be. Not on a Raspberry Pi. */
  readonly stick?: string
  /** A shell's command line that the system runs once it is up, and whose output goes to the serial line. */
  readonly run?: string
}

/** The command that emulates a board with a card in it. Software alone: it runs on any machine, and the same everywhere. */
export function emulatorFor(
  board: EmulatedBoard,
  needs: EmulatorNeeds,
): { readonly command: string; readonly args: readonly string[] } {
  // One thread for all processors. With one for each (qemu 7.2) a command of Node's ended twice, in some dozens: walking its stack, V8 came
  // to a place in none of the code that it knows. Why has not been shown; that such threads mistake code that changes meanwhile is a guess.
  const common = ['-accel', 'tcg,thread=single', '-display', 'none', '-monitor', 'none', '-no-reboot']
  switch (board) {
    case 'generic-amd64':
      return {
        command: 'qemu-system-x86_64',
        args: ['-M', 'q35', '-cpu', 'max', ...common, ...uefiMachine(needs, 'amd64')],
      }
    case 'generic-arm64':
      return {
        command: 'qemu-system-aarch64',
        args: ['-M', 'virt', '-cpu', 'cortex-a72', ...common, ...uefiMachine(needs, 'arm64')],
      }
    case 'pi-3':
      return { command: 'qemu-system-aarch64', args: ['-M', 'raspi3b', ...common, ...raspberryPi(needs)] }
  }
}

/** The node has the first address of the mesh; this machine is another member, and there is nothing beyond. */
function network(port: number, device: string): string[] {
  const user = `user,id=mesh,net=10.78.0.0/24,host=10.78.0.250,restrict=on,hostfwd=tcp:127.0.0.1:${port}-10.78.0.1:80`
  return ['-netdev', user, '-device', `${device},netdev=mesh`]
}

function uefiMachine(needs: EmulatorNeeds, architecture: 'amd64' | 'arm64'): string[] {
  const { image, stick, run, port, console } = needs
  const firmware = {
    amd64: ['-drive', 'if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE.fd'],
    arm64: ['-bios', '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd'],
  }
  const disk = (id: string, file: string, options = ''): string[] => [
    ...['-drive', `if=none,id=${id},format=raw,file=${file}${options}`],
    ...['-device', `virtio-blk-pci,drive=${id}`],
  ]
  return [
    ...['-smp', '2', '-m', '1024'],
    ...firmware[architecture],
    ...firmwareSays(architecture, run),
    ...disk('card', image),
    ...(stick === undefined ? [] : disk('stick', stick, ',readonly=on')),
    ...network(port, 'virtio-net-pci'),
    ...['-serial', `file:${console}`],
  ]
}

/** What a machine's firmware says to its system (SMBIOS, type 11): systemd-boot adds words to the card's own command line, and systemd takes a unit. */
function firmwareSays(architecture: 'amd64' | 'arm64', run: string | undefined): string[] {
  const words = emulatedWords(architecture)
  const said: string[] = []
  if (run !== undefined) {
    words.push(wantsTrial)
    const unit = trialUnit(run, architecture === 'amd64' ? 'ttyS0' : 'ttyAMA0')
    said.push(`io.systemd.credential.binary:${trialCredential}=${unit}`)
  }
  said.push(`io.systemd.boot.kernel-cmdline-extra=${words.join(' ')}`)
  return said.flatMap((value) => ['-smbios', `type=11,value=${value}`])
}

/**
 * qemu has none of the Pi's own first stage: here its part is played, from the same files. Nor has it the socket for Ethernet: in its
 * place is a network on USB, which systemd is told to take for it.
 */
function raspberryPi({ image, boot, console, port, run }: EmulatorNeeds): string[] {
  const config = readFileSync(boot('config.txt'), 'latin1')
  const slot = /^os_prefix=([ab]\/)/m.exec(config)?.[1] ?? 'a/'
  const words = [
    readFileSync(boot(`${slot}cmdline.txt`), 'latin1').trim(),
    ...emulatedWords('arm64'),
    'console=ttyS1,115200',
    // Its four processors take turns.
    'maxcpus=2',
    // Two drivers know that network, and the one that does not run it would be there first.
    'module_blacklist=cdc_subset',
    'systemd.wants=systemd-network-generator.service',
    `systemd.set_credential_binary=network.link.05-wire:${base64('[Match]\nDriver=cdc_ether rndis_host\n\n[Link]\nName=wire0\n')}`,
  ]
  if (run !== undefined)
    words.push(wantsTrial, `systemd.set_credential_binary=${trialCredential}:${trialUnit(run, 'ttyS1')}`)
  return [
    ...['-kernel', boot(`${slot}vmlinuz`), '-initrd', boot(`${slot}initrd`)],
    ...['-dtb', boot(`${slot}bcm2837-rpi-3-b.dtb`), '-append', words.join(' ')],
    ...['-drive', `if=sd,format=raw,file=${image}`],
    ...network(port, 'usb-net'),
    // On the first line a real board has its Bluetooth.
    ...['-serial', 'null', '-serial', `file:${console}`],
  ]
}

const wantsTrial = 'systemd.wants=trial.service'
const trialCredential = 'systemd.extra-unit.trial.service'

function trialUnit(run: string, line: string): string {
  return base64(`[Unit]
After=mesh-art-node.service mesh-art-slot-good.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c '(${run}) >/dev/${line} 2>&1'
`)
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
