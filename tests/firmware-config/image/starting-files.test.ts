import { describe, expect, it } from 'vitest'
import { deviceTrees, startsBy } from '../../../firmware-config/image/boot-files.ts'
import { startingFiles } from '../../../firmware-config/image/starting-files.ts'
import { boardIds } from '../../../firmware-config/schema/boards.ts'

/** As they lie in Debian's packages. */
const trees = [
  'bcm2711-rpi-4-b.dtb',
  'bcm2711-rpi-400.dtb',
  'bcm2711-rpi-cm4-io.dtb',
  'bcm2712-rpi-5-b.dtb',
  'bcm2837-rpi-3-a-plus.dtb',
  'bcm2837-rpi-3-b-plus.dtb',
  'bcm2837-rpi-3-b.dtb',
  'bcm2837-rpi-zero-2-w.dtb',
]
const stable = [
  'boot/System.map-6.12.117+deb13-arm64',
  'boot/config-6.12.117+deb13-arm64',
  'boot/vmlinuz-6.12.117+deb13-arm64',
  ...trees.map((name) => `usr/lib/linux-image-6.12.117+deb13-arm64/broadcom/${name}`),
  'usr/lib/linux-image-6.12.117+deb13-arm64/freescale/imx8mm-venice-gw72xx-0x-rpidsi.dtb',
  'usr/lib/modules/6.12.117+deb13-arm64/modules.builtin',
]
const backports = [
  'usr/lib/linux-image-7.3.4+deb13-arm64',
  'usr/lib/modules/7.3.4+deb13-arm64/System.map',
  'usr/lib/modules/7.3.4+deb13-arm64/config',
  ...trees.map((name) => `usr/lib/modules/7.3.4+deb13-arm64/dtb/broadcom/${name}`),
  'usr/lib/modules/7.3.4+deb13-arm64/dtb/rockchip/rk3568-radxa-cm3j-rpi-cm4.dtb',
  'usr/lib/modules/7.3.4+deb13-arm64/vmlinuz',
]
const beside = [
  'usr/bin/busybox',
  'usr/lib/raspi-firmware/bootcode.bin',
  'usr/lib/raspi-firmware/start4cd.elf',
  'usr/lib/systemd/boot/efi/systemd-bootaa64.efi',
  'usr/share/doc/busybox-static/copyright',
]

describe.each([
  ['stable', stable, 'boot/vmlinuz-6.12.117+deb13-arm64'],
  ['backports', backports, 'usr/lib/modules/7.3.4+deb13-arm64/vmlinuz'],
] as const)("what boards start with, of Debian's kernel in %s", (_, kernel, vmlinuz) => {
  const found = startingFiles([...kernel, ...beside])

  it.each(boardIds.filter((board) => startsBy(board) === 'pi'))('has a device tree of a %s', (board) => {
    expect(deviceTrees[board].filter((name) => found.has(`dtb/${name}`))).not.toEqual([])
  })

  it('is the kernel, busybox and what comes before them, and nothing else', () => {
    expect(found.get('vmlinuz')).toBe(vmlinuz)
    expect(found.get('busybox')).toBe('usr/bin/busybox')
    expect([...found.keys()].filter((name) => !name.startsWith('dtb/')).toSorted()).toEqual([
      'busybox',
      'efi/systemd-bootaa64.efi',
      'pi/bootcode.bin',
      'pi/start4cd.elf',
      'vmlinuz',
    ])
    expect([...found.keys()].filter((name) => name.startsWith('dtb/'))).toHaveLength(trees.length)
  })
})
