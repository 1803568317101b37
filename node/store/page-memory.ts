/** What direct writing asks of a buffer, its length and the place in the file: the blocks of file systems and cards (open(2), O_DIRECT). */
export const PAGE_BYTES = 4096

/** A buffer that begins at a page of the machine's memory: V8 reserves one that may be resized by pages, any other where there is room. */
export function allocatePages(bytes: number): ArrayBuffer {
  return new ArrayBuffer(bytes, { maxByteLength: bytes })
}

/** Whether it is whole pages of a buffer that `allocatePages` made. */
export function isWholePages({ buffer, byteOffset, length }: Uint8Array): boolean {
  return (
    length > 0 &&
    length % PAGE_BYTES === 0 &&
    byteOffset % PAGE_BYTES === 0 &&
    buffer instanceof ArrayBuffer &&
    buffer.resizable
  )
}
