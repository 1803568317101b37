import type { SystemTool } from '../system-tools.ts'

/** What an emulated machine needs of the system, beyond what `npm test` needs. */
export const emulationTools = [
  { package: 'mmdebstrap', commands: ['mmdebstrap'], usedFor: 'tests/emulation: Debian in a folder' },
  { package: 'curl', commands: ['curl'], usedFor: 'tests/radio: the rehearsal' },
  { package: 'iproute2', commands: ['ip'], usedFor: 'tests/radio: the rehearsal' },
  { package: 'e2fsprogs', commands: ['mke2fs'], usedFor: 'tests/emulation: disks' },
  {
    package: 'qemu-system-x86',
    commands: ['qemu-system-x86_64'],
    usedFor: 'tests/emulation: the machine',
  },
] as const satisfies readonly SystemTool[]
