import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isThere } from '../store/is-there.ts'

/**
 * Asks the system to set its clock: a service without rights cannot. systemd watches for the file (mesh-art-clock.path) and a
 * unit of its own, which can do that and nothing else, reads the one number in it.
 * @param folder RUNTIME_DIRECTORY of the service; undefined outside of one
 * @param watcher the unit that watches, which a venue installs if it wants to
 */
export async function requestClock(
  seconds: number,
  folder: string | undefined,
  watcher = '/etc/systemd/system/mesh-art-clock.path',
): Promise<boolean> {
  // Nobody would read it.
  if (folder === undefined || !(await isThere(watcher))) return false
  try {
    await writeFile(join(folder, 'set-clock'), `${seconds}\n`)
    return true
  } catch {
    // Not the folder we were promised: the answer says that it was not done.
    return false
  }
}
