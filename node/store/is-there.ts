import { access } from 'node:fs/promises'

/** Whether there is something under this path that this user may look at. Why not is told by whoever opens it. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
