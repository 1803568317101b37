import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'

/** Blocks from first to last, both included, and the hash of their bytes. */
export interface BlockRange {
  readonly first: number
  readonly last: number
  readonly sha256: string
}

export const blockMapBlockBytes = 4096
const zeros = new Uint8Array(blockMapBlockBytes)

/** A block map, version 2.0, as bmaptool reads it: what of an image has to be written, and what it must read like. */
export function blockMap(imageBytes: number, ranges: readonly BlockRange[]): string {
  const blocks = Math.ceil(imageBytes / blockMapBlockBytes)
  const mapped = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const text = (checksum: string): string => `<?xml version="1.0" ?>
<bmap version="2.0">
    <ImageSize> ${imageBytes} </ImageSize>
    <BlockSize> ${blockMapBlockBytes} </BlockSize>
    <BlocksCount> ${blocks} </BlocksCount>
    <MappedBlocksCount> ${mapped} </MappedBlocksCount>
    <ChecksumType> sha256 </ChecksumType>
    <BmapFileChecksum> ${checksum} </BmapFileChecksum>
    <BlockMap>
${ranges.map(rangeLine).join('\n')}
    </BlockMap>
</bmap>
`
  // The file's own hash is taken with zeros in its place.
  return text(
    createHash('sha256')
      .update(text('0'.repeat(64)))
      .digest('hex'),
  )
}

function rangeLine({ first, last, sha256 }: BlockRange): string {
  const blocks = first === last ? `${first}` : `${first}-${last}`
  return `        <Range chksum="${sha256}"> ${blocks} </Range>`
}

/** Gathers ranges of blocks that are not all zeros, fed block by block in order. */
export class BlockRanges {
  readonly #ranges: BlockRange[] = []
  #open: { first: number; hash: Hash } | null = null
  #next = 0

  /** @param block of `blockMapBlockBytes` @returns true when it is all zeros */
  add(block: Uint8Array): boolean {
    const isEmpty = Buffer.compare(block, zeros) === 0
    if (isEmpty) this.#close()
    else {
      this.#open ??= { first: this.#next, hash: createHash('sha256') }
      this.#open.hash.update(block)
    }
    this.#next += 1
    return isEmpty
  }

  /** Blocks that are known to be zeros. */
  skip(blocks: number): void {
    if (blocks > 0) this.#close()
    this.#next += blocks
  }

  end(): BlockRange[] {
    this.#close()
    return this.#ranges
  }

  #close(): void {
    if (this.#open === null) return
    const { first, hash } = this.#open
    this.#ranges.push({ first, last: this.#next - 1, sha256: hash.digest('hex') })
    this.#open = null
  }
}
