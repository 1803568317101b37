import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly content?: Uint8Array | string
  readonly mode?: number
  /** What the directory says of it, where that is not the truth. */
  readonly says?: {
    size?: number
    packed?: number
    at?: number
    flags?: number
    method?: number
    crc?: number
  }
  readonly isStored?: boolean
}

/** A zip, entry by entry, honest or not. */
export function zipOf(entries: readonly ZipEntry[]): Blob {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content = '', mode = 0o100644, says = {}, isStored = false } of entries) {
    const raw = Buffer.from(content)
    const packed = isStored ? raw : deflateRawSync(raw)
    const nameBytes = Buffer.from(name)
    const method = says.method ?? (isStored ? 0 : 8)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(method, 8)
    local.writeUInt16LE(nameBytes.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    // Made on Unix: the upper half of the attributes is the mode.
    entry.writeUInt16LE((3 << 8) | 20, 4)
    entry.writeUInt16LE(says.flags ?? 0x800, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(says.crc ?? crc32(raw), 16)
    entry.writeUInt32LE(says.packed ?? packed.length, 20)
    entry.writeUInt32LE(says.size ?? raw.length, 24)
    entry.writeUInt16LE(nameBytes.length, 28)
    entry.writeUInt32LE((mode << 16) >>> 0, 38)
    entry.writeUInt32LE(says.at ?? offset, 42)
    parts.push(local, nameBytes, packed)
    directory.push(entry, nameBytes)
    offset += local.length + nameBytes.length + packed.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Blob([Buffer.concat([...parts, listing, end])])
}
