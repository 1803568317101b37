import { readFileSync } from 'node:fs'
import { emulatedWords } from './emulated-words.ts'

/** Boards that qemu knows, by our names. */
export type EmulatedBoard = 'generic-amd64' | 'generic-arm64' | 'pi-3'

export interface EmulatorNeeds {
  readonly image: string
  /** Brings a file of the boot partition out of the image. @returns where it is */
  readonly boot: (path: string) => string
  /** Gets what the machine says on its serial line. */
  readonly console: string
  /** Of this machine, leads to port 80 of the node. */
  readonly port: number
  /** An image that is plugged in beside the card, as a USB stick would be. */
  readonly stick?: string
  /** A shell's command line that the system runs once it is up, and whose output goes to the serial line. UEFI alone. */
  readonly run?: string
}

/** The node has the first address of the mesh; this machine is another member, and there is nothing beyond. */
function network(port: number, device: string): string[] {
  const user = `user,id=mesh,net=10.78.0.0/24,host=10.78.0.250,restrict=on,hostfwd=tcp:127.0.0.1:${port}-10.78.0.1:80`
  return ['-netdev', user, '-device', `${device},netdev=mesh`]
}

/** What a machine's firmware says to its system (SMBIOS, type 11): systemd-boot adds words to the card's own command line, and systemd takes a unit. */
function firmwareSays(run: string | undefined): string[] {
  const words = [emulatedWords, ...(run === undefined ? [] : ['systemd.wants=trial.service'])]
  const said = [`io.systemd.boot.kernel-cmdline-extra=${words.join(' ')}`]
  if (run !== undefined) {
    const unit = `[Unit]
After=mesh-art-node.service mesh-art-slot-good.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c '(${run}) >/dev/ttyS0 2>&1'
`
    const value = Buffer.from(unit).toString('base64')
    said.push(`io.systemd.credential.binary:systemd.extra-unit.trial.service=${value}`)
  }
  return said.flatMap((value) => ['-smbios', `type=11,value=${value}`])
}

/** The command that emulates a board with a card in it. Software alone: it runs on any machine, and the same everywhere. */
export function emulatorFor(
  board: EmulatedBoard,
  needs: EmulatorNeeds,
): { readonly command: string; readonly args: readonly string[] } {
  const { image, boot, console, port } = needs
  const common = ['-accel', 'tcg,thread=multi', '-display', 'none', '-monitor', 'none', '-no-reboot']
  const serial = ['-serial', `file:${console}`]
  const card = ['-drive', `if=none,id=card,format=raw,file=${image}`, '-device', 'virtio-blk-pci,drive=card']
  const stick =
    needs.stick === undefined
      ? []
      : [
          '-drive',
          `if=none,id=stick,format=raw,readonly=on,file=${needs.stick}`,
          '-device',
          'virtio-blk-pci,drive=stick',
        ]
  switch (board) {
    case 'generic-amd64': {
      const firmware = ['-drive', 'if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE.fd']
      const machine = ['-M', 'q35', '-cpu', 'max', '-smp', '2', '-m', '1024']
      const args = [
        ...machine,
        ...common,
        ...firmware,
        ...firmwareSays(needs.run),
        ...card,
        ...stick,
        ...network(port, 'virtio-net-pci'),
        ...serial,
      ]
      return { command: 'qemu-system-x86_64', args }
    }
    case 'generic-arm64': {
      const firmware = ['-bios', '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd']
      const machine = ['-M', 'virt', '-cpu', 'cortex-a72', '-smp', '2', '-m', '1024']
      const args = [
        ...machine,
        ...common,
        ...firmware,
        ...firmwareSays(needs.run),
        ...card,
        ...stick,
        ...network(port, 'virtio-net-pci'),
        ...serial,
      ]
      return { command: 'qemu-system-aarch64', args }
    }
    case 'pi-3': {
      // qemu has none of the Pi's own first stage: here its part is played, from the same files.
      const config = readFileSync(boot('config.txt'), 'latin1')
      const slot = /^os_prefix=([ab]\/)/m.exec(config)?.[1] ?? 'a/'
      const line = readFileSync(boot(`${slot}cmdline.txt`), 'latin1').trim()
      const args = [
        ...['-M', 'raspi3b', ...common],
        ...['-kernel', boot(`${slot}vmlinuz`), '-initrd', boot(`${slot}initrd`)],
        ...['-dtb', boot(`${slot}bcm2837-rpi-3-b.dtb`)],
        ...['-append', `${line.replace('quiet ', '')} console=ttyAMA0,115200 console=ttyS1,115200`],
        ...['-drive', `if=sd,format=raw,file=${image}`],
        ...network(port, 'usb-net'),
        ...serial,
        ...['-serial', `file:${console}.second`],
      ]
      return { command: 'qemu-system-aarch64', args }
    }
  }
}
