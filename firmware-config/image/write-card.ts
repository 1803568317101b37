import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { sheetAtBytes, sheetBytes } from '../slots/slot-sheet.ts'
import { blockMapBlockBytes, BlockRanges } from './block-map.ts'
import type { BlockRange } from './block-map.ts'
import { cardBytes, partitionTable } from './card-layout.ts'
import type { CardPartition } from './card-layout.ts'
import { ImageError } from './image-error.ts'

const readBytes = 256 * blockMapBlockBytes

/** Writes a card's image: table and parts, with holes where there is nothing. @returns the blocks that hold something */
export async function writeCard(options: {
  readonly file: string
  readonly layout: readonly CardPartition[]
  readonly diskId: number
  /** What it says of itself, behind the table. */
  readonly sheet: string
  /** Of each part that is not empty, the file with its bytes. */
  readonly parts: ReadonlyMap<CardPartition['name'], string>
  readonly onProgress: (bytes: number) => void
}): Promise<BlockRange[]> {
  const { file, layout, diskId, sheet, parts, onProgress } = options
  const card = await open(file, 'wx', 0o600)
  try {
    await card.truncate(cardBytes(layout))
    const ranges = new BlockRanges()
    const first = Buffer.alloc(blockMapBlockBytes)
    first.set(partitionTable(layout, diskId))
    await card.write(first, 0, first.length, 0)
    ranges.add(first)
    const second = Buffer.alloc(sheetBytes)
    second.write(sheet)
    await card.write(second, 0, second.length, sheetAtBytes)
    ranges.add(second)
    let block = 2
    for (const { name, startBytes, sizeBytes } of layout) {
      const part = parts.get(name)
      if (part === undefined) continue
      const at = startBytes / blockMapBlockBytes
      ranges.skip(at - block)
      const bytes = await copyPart({ card, part, startBytes, sizeBytes, name, ranges, onProgress })
      block = at + Math.ceil(bytes / blockMapBlockBytes)
    }
    await card.sync()
    return ranges.end()
  } finally {
    await card.close()
  }
}

async function copyPart(options: {
  readonly card: FileHandle
  readonly part: string
  readonly name: string
  readonly startBytes: number
  readonly sizeBytes: number
  readonly ranges: BlockRanges
  readonly onProgress: (bytes: number) => void
}): Promise<number> {
  const { card, part, name, startBytes, sizeBytes, ranges, onProgress } = options
  const from = await open(part)
  try {
    const { size } = await from.stat()
    if (size > sizeBytes) {
      const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)
      throw new ImageError(`${name} needs ${mebibytes(size)} MiB and has ${mebibytes(sizeBytes)}`)
    }
    const buffer = Buffer.alloc(readBytes)
    for (let done = 0; done < size;) {
      buffer.fill(0)
      const { bytesRead } = await from.read(buffer, 0, readBytes, done)
      if (bytesRead === 0) break
      const whole = Math.ceil(bytesRead / blockMapBlockBytes) * blockMapBlockBytes
      let isEmpty = true
      for (let at = 0; at < whole; at += blockMapBlockBytes)
        isEmpty = ranges.add(buffer.subarray(at, at + blockMapBlockBytes)) && isEmpty
      if (!isEmpty) await card.write(buffer, 0, whole, startBytes + done)
      done += bytesRead
      onProgress(startBytes + done)
    }
    return size
  } finally {
    await from.close()
  }
}
