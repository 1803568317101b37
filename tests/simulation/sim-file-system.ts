import type { FileSystem } from '../../node/store/durable-files.ts'
import { bytesIn, newDirectory, partsOf, readHandle, setEntry, systemError } from './inodes.ts'
import type { DirectoryNode, FileNode, Inode } from './inodes.ts'
import type { Random } from './random.ts'

/** A change of a name that is not on the card yet; null: removed. */
interface Change {
  readonly directory: DirectoryNode
  readonly path: string
  readonly name: string
  readonly inode: Inode | null
}

export interface SimFileSystemInit {
  readonly random: Random
  /** Resolves after that much virtual time; never, when the power fails before. */
  readonly wait: (ms: number) => Promise<void>
  /** Called when a file with its name is on the card for certain. */
  readonly onDurable: (name: string) => void
  /** Called when something was written. */
  readonly onWritten: () => void
}

/** Milliseconds of a slow card. */
const times = { operation: [0.02, 0.2], sync: [0.5, 15] } as const
const BLOCK_BYTES = 64

/**
 * A disk with the promises of POSIX and the order of ext4's journal: a file's content survives a loss of power once it was synced,
 * its name once its directory was. Changes of names reach the card in the order they were made: a sync of any directory
 * brings all before it along, and a loss of power leaves the first few of the others. Of content not synced any part may be left.
 */
export class SimFileSystem {
  capacityBytes = Number.POSITIVE_INFINITY
  readonly #init: SimFileSystemInit
  #root = newDirectory()
  readonly #journal: Change[] = []
  #usedBytes = 0

  constructor(init: SimFileSystemInit) {
    this.#init = init
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** The part of `node:fs/promises` that stores use. */
  asFileSystem(): FileSystem {
    return {
      lstat: (path: string) => this.#stat(path),
      stat: (path: string) => this.#stat(path),
      statfs: async () => ({
        bavail: Math.max(0, Math.floor((this.capacityBytes - this.#usedBytes) / BLOCK_BYTES)),
        blocks: Math.floor(this.capacityBytes / BLOCK_BYTES),
        bsize: BLOCK_BYTES,
      }),
      readdir: async (path: string) => [...this.#directory(path).entries.keys()],
      mkdir: (path: string) => this.#mkdir(path),
      rename: (from: string, to: string) => this.#rename(from, to),
      rm: (path: string, options?: { force?: boolean }) => this.#rm(path, options?.force === true),
      open: (path: string, flags: string) => this.#open(path, flags),
    } as unknown as FileSystem
  }

  /** Loses what is not on the card. */
  powerLoss(): void {
    this.#commit(this.#init.random.below(this.#journal.length + 1))
    this.#journal.length = 0
    this.#root = this.#afterLoss(this.#root)
    this.#usedBytes = bytesIn(this.#root)
  }

  /** An empty disk with one directory, which is there for certain. */
  format(directory: string): void {
    this.#root = newDirectory()
    const inode = newDirectory()
    this.#root.entries.set(directory, inode)
    this.#root.durable.set(directory, inode)
    this.#usedBytes = 0
  }

  /** Whether the file is there, and will be after a loss of power. */
  isDurable(path: string): boolean {
    let inode: Inode | undefined = this.#root
    for (const part of partsOf(path)) {
      if (inode?.kind !== 'directory') return false
      inode = inode.durable.get(part)
    }
    if (inode?.kind !== 'file' || inode.rotten || inode !== this.#find(path)) return false
    return inode.durable?.length === inode.content.length
  }

  isRotten(path: string): boolean {
    const inode = this.#find(path)
    return inode?.kind === 'file' && inode.rotten
  }

  /** What a reader would get, or null. */
  peek(path: string): Uint8Array | null {
    const inode = this.#find(path)
    return inode?.kind === 'file' && !inode.unreadable ? inode.content : null
  }

  /** Flips a bit of a file, or makes it unreadable. @returns whether there was one */
  rot(path: string, kind: 'flip' | 'unreadable' | 'cut'): boolean {
    const inode = this.#find(path)
    if (inode?.kind !== 'file' || inode.content.length === 0) return false
    if (kind === 'unreadable') inode.unreadable = true
    else if (kind === 'flip') {
      const flipped = inode.content.slice()
      flipped[0] = (flipped[0] ?? 0) ^ 1
      inode.content = flipped
    } else {
      this.#usedBytes -= inode.content.length
      inode.content = new Uint8Array()
    }
    inode.durable = inode.content
    inode.rotten = true
    return true
  }

  async #mkdir(path: string): Promise<void> {
    await this.#operation()
    const place = this.#parentOf(path)
    if (place.parent.entries.has(place.name)) throw systemError('EEXIST')
    this.#set(place, newDirectory())
  }

  async #rename(from: string, to: string): Promise<void> {
    await this.#operation()
    const source = this.#parentOf(from)
    const target = this.#parentOf(to)
    const inode = source.parent.entries.get(source.name)
    if (inode === undefined) throw systemError('ENOENT')
    const replaced = target.parent.entries.get(target.name)
    if (replaced !== undefined) this.#usedBytes -= bytesIn(replaced)
    this.#set(source, null)
    this.#set(target, inode)
  }

  async #rm(path: string, force: boolean): Promise<void> {
    await this.#operation()
    const place = this.#parentOf(path)
    const inode = place.parent.entries.get(place.name)
    if (inode === undefined) {
      if (force) return
      throw systemError('ENOENT')
    }
    this.#usedBytes -= bytesIn(inode)
    this.#set(place, null)
  }

  async #stat(path: string): Promise<{ isFile(): boolean; isDirectory(): boolean; size: number }> {
    const inode = this.#find(path)
    if (inode === undefined) throw systemError('ENOENT')
    const isFile = inode.kind === 'file'
    return { isFile: () => isFile, isDirectory: () => !isFile, size: isFile ? inode.content.length : 0 }
  }

  async #open(path: string, flags: string): Promise<unknown> {
    if (flags !== 'wx') {
      const inode = this.#find(path)
      if (inode === undefined) throw systemError('ENOENT')
      return inode.kind === 'file' ? readHandle(inode) : this.#directoryHandle()
    }
    await this.#operation()
    const place = this.#parentOf(path)
    if (place.parent.entries.has(place.name)) throw systemError('EEXIST')
    const file: FileNode = {
      kind: 'file',
      content: new Uint8Array(),
      durable: null,
      unreadable: false,
      rotten: false,
    }
    this.#set(place, file)
    return {
      writeFile: async (content: Uint8Array) => {
        await this.#operation()
        if (this.#usedBytes + content.length > this.capacityBytes) throw systemError('ENOSPC')
        file.content = content
        this.#usedBytes += content.length
        this.#init.onWritten()
      },
      sync: async () => {
        await this.#sync()
        file.durable = file.content
      },
      close: async () => {},
    }
  }

  #directoryHandle(): unknown {
    return {
      sync: async () => {
        // It promises what was there when it was called.
        const last = this.#journal.at(-1)
        await this.#sync()
        const at = last === undefined ? -1 : this.#journal.indexOf(last)
        for (const { path, name } of this.#commit(at + 1))
          if (this.isDurable(`${path}/${name}`)) this.#init.onDurable(name)
      },
      close: async () => {},
    }
  }

  #set(
    { parent, path, name }: { parent: DirectoryNode; path: string; name: string },
    inode: Inode | null,
  ): void {
    setEntry(parent.entries, name, inode)
    this.#journal.push({ directory: parent, path, name, inode })
  }

  #commit(count: number): Change[] {
    const changes = this.#journal.splice(0, count)
    for (const { directory, name, inode } of changes) setEntry(directory.durable, name, inode)
    return changes
  }

  #operation(): Promise<void> {
    return this.#init.wait(this.#init.random.between(...times.operation))
  }

  #sync(): Promise<void> {
    return this.#init.wait(this.#init.random.between(...times.sync))
  }

  #afterLoss(before: DirectoryNode): DirectoryNode {
    const after = newDirectory()
    for (const [name, inode] of before.durable) {
      const kept = inode.kind === 'directory' ? this.#afterLoss(inode) : this.#fileAfterLoss(inode)
      after.entries.set(name, kept)
      after.durable.set(name, kept)
    }
    return after
  }

  #fileAfterLoss(file: FileNode): FileNode {
    const content = file.durable ?? file.content.slice(0, this.#init.random.below(file.content.length + 1))
    const { unreadable, rotten } = file
    return { kind: 'file', content, durable: content, unreadable, rotten }
  }

  #find(path: string): Inode | undefined {
    let inode: Inode | undefined = this.#root
    for (const part of partsOf(path)) {
      if (inode?.kind !== 'directory') return undefined
      inode = inode.entries.get(part)
    }
    return inode
  }

  #directory(path: string): DirectoryNode {
    const inode = this.#find(path)
    if (inode === undefined) throw systemError('ENOENT')
    if (inode.kind === 'file') throw systemError('ENOTDIR')
    return inode
  }

  #parentOf(path: string): { parent: DirectoryNode; path: string; name: string } {
    const parts = partsOf(path)
    const name = parts.pop() ?? ''
    const above = `/${parts.join('/')}`
    return { parent: this.#directory(above), path: above, name }
  }
}
