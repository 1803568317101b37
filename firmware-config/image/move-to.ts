import { rename, rm } from 'node:fs/promises'
import { runProgram } from './run-program.ts'

/** Moves a file, to another disk too. Whatever else is wrong is said, and then there is nothing new at `to`. */
export async function moveTo(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
    return
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
  }
  const fresh = `${to}.new`
  try {
    await runProgram({ command: 'cp', args: ['--sparse=always', '--preserve=mode', from, fresh] })
    await rename(fresh, to)
    await rm(from)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}
