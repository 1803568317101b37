import { cpioArchive } from './cpio-archive.ts'
import type { CpioEntry } from './cpio-archive.ts'

/** A kernel module as depmod lists it: its path below the modules' folder, and what it needs. */
export type ModuleNeeds = ReadonlyMap<string, readonly string[]>

/** What a card may hang on, on any of the boards, and what its slots are made of. */
const wanted = [
  /^kernel\/fs\/(squashfs|overlayfs)\//,
  // The boot partition, where a slot on trial counts its tries.
  /^kernel\/fs\/(fat\/|nls\/nls_(cp437|ascii)\.)/,
  /^kernel\/drivers\/mmc\//,
  /^kernel\/drivers\/(virtio|nvme\/host|ata|usb\/host|usb\/storage|usb\/dwc2|usb\/dwc3|phy\/broadcom|dma\/bcm2835)/,
  /^kernel\/drivers\/(block\/virtio_blk|scsi\/sd_mod|scsi\/virtio_scsi|scsi\/scsi_mod)/,
  /^kernel\/drivers\/(pci\/controller\/pcie-brcmstb|reset\/reset-(raspberrypi|brcmstb)|irqchip\/irq-bcm2712)/,
  /^kernel\/drivers\/(clk\/bcm|pinctrl\/bcm|regulator\/(fixed|gpio-regulator)|misc\/rp1|clk\/clk-rp1|pinctrl\/pinctrl-rp1|gpio\/gpio-brcmstb)/,
]
/** Drivers of boards that are none of ours. */
const unwanted = /\/(usb\/host\/(isp|r8a|sl811|max3421|oxu|fhci|u132)|ata\/(pata|sata)_(?!generic))/

/** `modules.dep`: `path: path path`. */
export function readModuleNeeds(text: string): ModuleNeeds {
  const needs = new Map<string, readonly string[]>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    needs.set(
      line.slice(0, colon),
      line
        .slice(colon + 1)
        .split(' ')
        .filter((path) => path !== ''),
    )
  }
  return needs
}

/** Modules that go into the initramfs: those wanted, and all they need, in the order of their paths. */
export function initramfsModules(needs: ModuleNeeds): string[] {
  const chosen = new Set<string>()
  const add = (path: string): void => {
    if (chosen.has(path)) return
    chosen.add(path)
    for (const need of needs.get(path) ?? []) add(need)
  }
  for (const path of needs.keys())
    if (wanted.some((rule) => rule.test(path)) && !unwanted.test(path)) add(path)
  return [...chosen].sort()
}

export interface InitramfsParts {
  readonly busybox: Uint8Array
  /** Texts of init.sh and spend-try.sh. */
  readonly init: Uint8Array
  readonly spendTry: Uint8Array
  /** Kernel's version, by which modprobe finds its folder. */
  readonly version: string
  /** Unpacked modules and depmod's tables, by their path below that folder. */
  readonly modules: ReadonlyMap<string, Uint8Array>
}

const applets =
  'sh mount umount mkdir ln modprobe find sort xargs cat dd od sleep reboot printf switch_root echo blockdev'.split(
    ' ',
  )

export function initramfs({ busybox, init, spendTry, version, modules }: InitramfsParts): Uint8Array {
  const entries: CpioEntry[] = [
    ...['dev', 'proc', 'sys', 'run', 'root', 'boot'].map((path) => ({ path, folder: true }) as const),
    { path: 'dev/console', device: [5, 1] },
    { path: 'init', content: init, mode: 0o755 },
    { path: 'bin/spend-try', content: spendTry, mode: 0o755 },
    { path: 'bin/busybox', content: busybox, mode: 0o755 },
    ...applets.map((name) => ({ path: `bin/${name}`, link: 'busybox' })),
    ...[...modules].map(([path, content]) => ({
      path: `lib/modules/${version}/${path}`,
      content,
      mode: 0o644,
    })),
  ]
  return cpioArchive(entries)
}
