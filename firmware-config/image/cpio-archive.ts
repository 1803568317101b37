/** What an initramfs is made of. Paths have no leading slash; parents come with them. */
export type CpioEntry =
  | { readonly path: string; readonly content: Uint8Array; readonly mode: number }
  | { readonly path: string; readonly link: string }
  | { readonly path: string; readonly folder: true }
  | { readonly path: string; readonly device: readonly [major: number, minor: number] }

const kinds = { file: 0o100000, link: 0o120000, folder: 0o040000, character: 0o020000 } as const

/** The `newc` format that Linux reads (Documentation/driver-api/early-userspace/buffer-format.rst): root's, without times, in the order of paths. */
export function cpioArchive(entries: readonly CpioEntry[]): Uint8Array {
  const all = new Map<string, CpioEntry>()
  for (const entry of entries) {
    const parts = entry.path.split('/')
    for (let depth = 1; depth < parts.length; depth++) {
      const path = parts.slice(0, depth).join('/')
      if (!all.has(path)) all.set(path, { path, folder: true })
    }
    all.set(entry.path, entry)
  }
  // A folder sorts before what is in it.
  const sorted = [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const chunks = sorted.map((entry, i) => member(entry, i + 1))
  chunks.push(header('TRAILER!!!', { inode: 0, mode: 0, links: 1, size: 0 }))
  const bytes = new Uint8Array(
    pad(
      chunks.reduce((sum, chunk) => sum + chunk.length, 0),
      512,
    ),
  )
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function member(entry: CpioEntry, inode: number): Uint8Array {
  const encoder = new TextEncoder()
  let content: Uint8Array = new Uint8Array()
  let mode: number = kinds.folder | 0o755
  let device: readonly [number, number] = [0, 0]
  if ('content' in entry) [content, mode] = [entry.content, kinds.file | entry.mode]
  else if ('link' in entry) [content, mode] = [encoder.encode(entry.link), kinds.link | 0o777]
  else if ('device' in entry) [device, mode] = [entry.device, kinds.character | 0o600]
  const head = header(entry.path, {
    inode,
    mode,
    links: 'folder' in entry ? 2 : 1,
    size: content.length,
    device,
  })
  const bytes = new Uint8Array(head.length + pad(content.length, 4))
  bytes.set(head)
  bytes.set(content, head.length)
  return bytes
}

interface Inode {
  readonly inode: number
  readonly mode: number
  readonly links: number
  readonly size: number
  readonly device?: readonly [number, number]
}

function header(path: string, { inode, mode, links, size, device = [0, 0] }: Inode): Uint8Array {
  const name = new TextEncoder().encode(`${path}\0`)
  // ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
  const fields = [inode, mode, 0, 0, links, 0, size, 0, 0, device[0], device[1], name.length, 0]
  const text = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`
  const bytes = new Uint8Array(pad(text.length + name.length, 4))
  bytes.set(new TextEncoder().encode(text))
  bytes.set(name, text.length)
  return bytes
}

const pad = (size: number, to: number): number => Math.ceil(size / to) * to
