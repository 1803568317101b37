/** A part of the card. Numbers are those of the partition table: `mmcblk0p2` is slot a. */
export interface CardPartition {
  readonly name: 'boot' | 'slot-a' | 'slot-b' | 'data'
  readonly number: number
  /** Of an MBR partition table. */
  readonly type: number
  readonly startBytes: number
  readonly sizeBytes: number
}

const MEBIBYTE = 1024 * 1024
export const sectorBytes = 512

/** In MiB. Two kernels, with what starts them, fit the boot partition four times; a slot holds a system with a browser. */
export const cardSizes = Object.freeze({
  /** Cards erase in blocks of some MiB: partitions begin on a multiple of it. */
  alignMiB: 4,
  bootMiB: 256,
  slotMiB: 896,
  /** Grows to the end of the card at its first start. */
  dataMiB: 64,
})

/** FAT32 with LBA: the Raspberry Pi's first stage looks for it by this number. UEFI takes any FAT of a removable disk, but ESP is surer. */
const typeOf = { fat: 0x0c, esp: 0xef, linux: 0x83 } as const

/** An MBR with four parts: what every Raspberry Pi, UEFI, and the initramfs read alike. */
export function cardLayout(options: {
  readonly starts: 'pi' | 'uefi'
  readonly storage: 'card' | 'usb'
}): CardPartition[] {
  const { alignMiB, bootMiB, slotMiB, dataMiB } = cardSizes
  let startMiB = alignMiB
  const part = (
    name: CardPartition['name'],
    number: number,
    type: number,
    sizeMiB: number,
  ): CardPartition => {
    const partition = { name, number, type, startBytes: startMiB * MEBIBYTE, sizeBytes: sizeMiB * MEBIBYTE }
    startMiB += sizeMiB
    return partition
  }
  return [
    part('boot', 1, options.starts === 'pi' ? typeOf.fat : typeOf.esp, bootMiB),
    part('slot-a', 2, typeOf.linux, slotMiB),
    part('slot-b', 3, typeOf.linux, slotMiB),
    // With works on a stick, the card holds nothing that changes.
    ...(options.storage === 'usb' ? [] : [part('data', 4, typeOf.linux, dataMiB)]),
  ]
}

export function cardBytes(layout: readonly CardPartition[]): number {
  return Math.max(...layout.map(({ startBytes, sizeBytes }) => startBytes + sizeBytes))
}

/** The first sector: no code, the disk's id, and where the parts are. */
export function partitionTable(layout: readonly CardPartition[], diskId: number): Uint8Array {
  const sector = new Uint8Array(sectorBytes)
  const view = new DataView(sector.buffer)
  view.setUint32(440, diskId, true)
  for (const { name, number, type, startBytes, sizeBytes } of layout) {
    const at = 446 + (number - 1) * 16
    sector[at] = name === 'boot' ? 0x80 : 0
    // Cylinders and heads: what says that only the sectors below count.
    sector.set([0xfe, 0xff, 0xff], at + 1)
    sector[at + 4] = type
    sector.set([0xfe, 0xff, 0xff], at + 5)
    view.setUint32(at + 8, startBytes / sectorBytes, true)
    view.setUint32(at + 12, sizeBytes / sectorBytes, true)
  }
  sector.set([0x55, 0xaa], 510)
  return sector
}
