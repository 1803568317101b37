import type { SystemTool } from '../system-tools.ts'

const usedFor = 'tests/emulation: a card in an emulated computer'

/** What the tests of `npm run test:image` need; `npm test` needs none of it. */
export const cardTools: readonly SystemTool[] = [
  { package: 'qemu-system-x86', commands: ['qemu-system-x86_64'], usedFor },
  { package: 'qemu-system-arm', commands: ['qemu-system-aarch64'], usedFor },
  { package: 'ovmf', paths: ['/usr/share/OVMF/OVMF_CODE.fd', '/usr/share/OVMF/OVMF_CODE_4M.fd'], usedFor },
  { package: 'qemu-efi-aarch64', paths: ['/usr/share/qemu-efi-aarch64/QEMU_EFI.fd'], usedFor },
  { package: 'fdisk', commands: ['sfdisk'], usedFor },
  { package: 'e2fsprogs', commands: ['debugfs'], usedFor },
  { package: 'mtools', commands: ['mcopy'], usedFor },
]
