const kinds = [
  // Debian's kernels to 6.12 have theirs in /boot, later ones beside their modules.
  [/(^|\/)(boot\/vmlinuz-|usr\/lib\/modules\/[^/]+\/vmlinuz$)/, () => 'vmlinuz'],
  [/(^|\/)usr\/bin\/busybox$/, () => 'busybox'],
  [/\/broadcom\/bcm2[78][^/]*-rpi-[^/]*\.dtb$/, (name: string) => `dtb/${name}`],
  [/(^|\/)usr\/lib\/raspi-firmware\/[^/]+\.(elf|dat|bin)$/, (name: string) => `pi/${name}`],
  [/(^|\/)usr\/lib\/systemd\/boot\/efi\/systemd-boot(x64|aa64)\.efi$/, (name: string) => `efi/${name}`],
] as const

/** Of the files that packages brought, those that boards start with: their place in the boot folder, and where they are. */
export function startingFiles(paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const path of paths)
    for (const [rule, place] of kinds)
      if (rule.test(path)) found.set(place(path.slice(path.lastIndexOf('/') + 1)), path)
  return found
}
