import type { Board } from '../schema/boards.ts'

export type Architecture = Board['architecture']

/** Debian's release, and what of it a card is made of. */
export const debian = Object.freeze({
  release: 'trixie',
  components: 'main non-free-firmware',
  keyring: '/usr/share/keyrings/debian-archive-keyring.gpg',
})

/**
 * `system` is set up as Debian does it; `screen` comes on top for a node with a screen; `boot` and `kernel` are only unpacked:
 * what their scripts would do (an initramfs, a loader) is done here, alike for every card.
 */
export type PackageSet = 'system' | 'screen' | 'boot' | 'kernel' | 'kernel-pi-5'

/** Asked for by name; what they need comes with them. */
export const systemPackages = [
  'systemd-sysv',
  'udev',
  'kmod',
  'iproute2',
  'nftables',
  'dnsmasq-base',
  'hostapd',
  'wpasupplicant',
  'batctl',
  'chrony',
  'iw',
  'rfkill',
  'wireless-regdb',
  'libstdc++6',
  'libatomic1',
  'openssh-server',
  'e2fsprogs',
  'fdisk',
] as const

export const screenPackages = ['cage', 'chromium', 'fonts-liberation'] as const

/** Firmware of the radios in docs/firmware.md, the programs that start a board, and the initramfs's busybox. */
export function bootPackages(architecture: Architecture): string[] {
  return [
    'busybox-static',
    'systemd-boot-efi',
    'firmware-ath9k-htc',
    'firmware-carl9170',
    'firmware-mediatek',
    ...(architecture === 'arm64' ? ['firmware-brcm80211', 'raspi-firmware'] : []),
  ]
}

/** Its dependencies, as far as they are the kernel itself, are what is unpacked. */
export const kernelPackage = (architecture: Architecture): string => `linux-image-${architecture}`
export const isKernelPackage = (name: string): boolean => /^linux-(image|binary|modules|base)-\d/.test(name)

/** Of the firmware packages, what is for our radios. */
export const wantedFirmware = [
  /^brcm\/brcmfmac(43430|43436|43455)/,
  /^cypress\/cyfmac(43430|43455)/,
  /^(mediatek\/)?mt76(10|62)u?/,
  /^(mediatek\/)?mt7662/,
  /^(mediatek\/)?rt2870\.bin/,
  /^ath9k_htc\//,
  /^htc_/,
  /^carl9170/,
]
