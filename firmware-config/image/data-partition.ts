import { truncate, writeFile } from 'node:fs/promises'
import type { CardIdentity } from './card-identity.ts'
import { runProgram } from './run-program.ts'

export const dataLabel = 'mesh-art-data'

/** An empty ext4 that may grow to the size of any card: a journal and inodes as a large one has them. */
export async function makeDataPartition(options: {
  readonly file: string
  readonly bytes: number
  readonly identity: CardIdentity
  readonly epoch: number
}): Promise<void> {
  const { file, bytes, identity, epoch } = options
  await writeFile(file, '')
  await truncate(file, bytes)
  await runProgram({
    command: 'mke2fs',
    args: [
      ...['-q', '-F', '-t', 'ext4', '-b', '4096', '-i', '16384', '-m', '0', '-J', 'size=8'],
      ...['-L', dataLabel, '-U', identity.dataUuid],
      // Nothing is left for the kernel to write in the background.
      ...['-E', `hash_seed=${identity.hashSeed},lazy_itable_init=0,lazy_journal_init=0,nodiscard`],
      file,
    ],
    // The first is for e2fsprogs before 1.47.1.
    env: { E2FSPROGS_FAKE_TIME: String(epoch), SOURCE_DATE_EPOCH: String(epoch) },
  })
}
