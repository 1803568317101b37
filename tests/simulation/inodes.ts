export interface FileNode {
  readonly kind: 'file'
  content: Uint8Array
  /** What is on the card for certain; null before the first sync. */
  durable: Uint8Array | null
  unreadable: boolean
  /** Not what was written any more. */
  rotten: boolean
}

export interface DirectoryNode {
  readonly kind: 'directory'
  readonly entries: Map<string, Inode>
  /** Names on the card for certain. */
  readonly durable: Map<string, Inode>
}

export type Inode = FileNode | DirectoryNode

export function readHandle(file: FileNode): unknown {
  return {
    read: async (into: Uint8Array, offset: number, length: number, position: number) => {
      if (file.unreadable) throw systemError('EIO')
      const bytes = file.content.subarray(position, position + length)
      into.set(bytes, offset)
      return { bytesRead: bytes.length }
    },
    close: async () => {},
  }
}

export function newDirectory(): DirectoryNode {
  return { kind: 'directory', entries: new Map(), durable: new Map() }
}

export function setEntry(entries: Map<string, Inode>, name: string, inode: Inode | null): void {
  if (inode === null) entries.delete(name)
  else entries.set(name, inode)
}

export function bytesIn(inode: Inode): number {
  if (inode.kind === 'file') return inode.content.length
  let bytes = 0
  for (const child of inode.entries.values()) bytes += bytesIn(child)
  return bytes
}

export function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}
