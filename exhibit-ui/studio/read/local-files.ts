import { studioLimits, withoutCommonFolder } from '../model/work-file-list.ts'
import type { LocalFile } from '../send/hashed-work.ts'
import { unzip } from './unzip.ts'

/** Files of an input: with a chosen folder, by their paths in it. A zip becomes what is in it. @throws {ZipRefusedError} */
export async function filesOfInput(list: Iterable<File>): Promise<LocalFile[]> {
  return unpacked([...list].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file })))
}

/** What was dropped, folders entered. Browsers hand the entries out during the event only. @throws {ZipRefusedError} */
export async function filesOfDrop(transfer: DataTransfer): Promise<LocalFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const files: LocalFile[] = []
  for (const entry of entries) await enter(entry, '', files)
  return unpacked(files)
}

async function unpacked(files: readonly LocalFile[]): Promise<LocalFile[]> {
  const all: LocalFile[] = []
  for (const file of files) {
    if (/\.zip$/i.test(file.path)) {
      // In a loop: a work of twenty thousand files is too many arguments for one call.
      for (const inner of withoutCommonFolder(await unzip(file.blob))) all.push(inner)
    } else {
      all.push(file)
    }
  }
  return files.some(({ path }) => path.includes('/')) ? withoutCommonFolder(all) : all
}

async function enter(entry: FileSystemEntry, parent: string, files: LocalFile[]): Promise<void> {
  // One more than may be is enough to know that there are too many.
  if (files.length > studioLimits.files) return
  const path = parent === '' ? entry.name : `${parent}/${entry.name}`
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) => {
      ;(entry as FileSystemFileEntry).file(resolve, reject)
    })
    files.push({ path, blob })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (more.length === 0) return
    for (const one of more) await enter(one, path, files)
  }
}
