import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodePlan } from '../render/node-plan.ts'
import { renderNode } from '../render/render-node.ts'
import type { BoardId } from '../schema/boards.ts'
import { boards } from '../schema/boards.ts'
import { sheetText } from '../slots/slot-sheet.ts'
import { sheetPath } from '../slots/update-plan.ts'
import { fetchPackages, sha256Of } from './apt-archive.ts'
import type { Mirrors } from './apt-archive.ts'
import { baseSystem } from './base-system.ts'
import { blockMap, blockMapBlockBytes } from './block-map.ts'
import { startsBy } from './boot-files.ts'
import { bootContents, makeBootPartition } from './boot-partition.ts'
import { cardIdentity, hex32 } from './card-identity.ts'
import { cardBytes, cardLayout } from './card-layout.ts'
import type { CardPartition } from './card-layout.ts'
import { makeDataPartition } from './data-partition.ts'
import { nodeProgram, programVersion } from './node-program.ts'
import { packSlot, placeBoot, placeRendered } from './root-slot.ts'
import { moveTo } from './move-to.ts'
import { runProgram } from './run-program.ts'
import type { LockedPackage, SystemLock } from './system-lock.ts'
import { writeCard } from './write-card.ts'

export interface ImageOptions {
  readonly plan: NodePlan
  readonly lock: SystemLock
  readonly mirrors: Mirrors
  /** Of this checkout. */
  readonly programDir: string
  /** Ends in `.img`; beside it come `.img.bmap`, `.img.json` and, if asked for, `.img.xz`. */
  readonly out: string
  readonly cache: string
  readonly compress: boolean
  readonly onProgress: (text: string) => void
  readonly signal?: AbortSignal
}

export interface ImageMade {
  readonly node: string
  readonly board: BoardId
  /** Of the card that it needs, at least. */
  readonly cardBytes: number
  /** Written to it. */
  readonly mappedBytes: number
  readonly slotBytes: number
  readonly sha256: string
}

/** Makes the card of one node: the same venue, lock and checkout give the same bytes. */
export async function makeImage(options: ImageOptions): Promise<ImageMade> {
  const { plan, lock, cache, out, onProgress, signal } = options
  const { venue, node } = plan
  await mkdir(cache, { recursive: true, mode: 0o700 })
  const work = await mkdtemp(join(cache, '.image-'))
  const signalled = signal === undefined ? {} : { signal }
  try {
    const packages = await fetchPackages(
      neededPackages(lock, node.boardId, node.screenPage !== undefined),
      options.mirrors,
      join(cache, 'debs'),
      (done, of) => onProgress(`1/7 packages: ${done} of ${of}`),
    )
    const base = await baseSystem({
      lock,
      packages,
      hasScreen: node.screenPage !== undefined,
      cache,
      onLine: (line) => onProgress(`2/7 system: ${line.slice(0, 60)}`),
      ...signalled,
    })
    const root = join(work, 'root')
    await mkdir(root, { mode: 0o755 })
    onProgress('3/7 program')
    await nodeProgram({
      programDir: options.programDir,
      architecture: boards[node.boardId].architecture,
      root,
      onLine: (line) => onProgress(`3/7 program: ${line.slice(0, 60)}`),
      ...signalled,
    })
    await runProgram({
      command: 'tar',
      args: ['-C', root, '-xpf', base.tar, '--numeric-owner'],
      ...signalled,
    })
    onProgress('4/7 files of the node')
    await placeRendered(root, renderNode(plan).files, lock.epoch)
    const identity = cardIdentity(venue.id, node.name)
    const contents = await bootContents({
      board: node.boardId,
      diskId: identity.diskId,
      boot: base.boot,
      work: join(work, 'texts'),
    })
    await placeBoot(root, contents)
    const slot = join(work, 'slot')
    onProgress('5/7 system, packed')
    await packSlot({ root, file: slot, epoch: lock.epoch, ...signalled })
    await rm(root, { recursive: true, force: true })

    const sheet = sheetText({
      format: 1,
      venue: venue.id,
      node: node.name,
      board: node.boardId,
      diskId: hex32(identity.diskId),
      program: await programVersion(options.programDir),
      packages: new Date(lock.epoch * 1000).toISOString().slice(0, 10),
      slotBytes: (await stat(slot)).size,
      slotSha256: await sha256Of(slot),
    })
    const sheetFile = join(work, 'slot.json')
    await writeFile(sheetFile, sheet)
    contents.set(sheetPath('a'), sheetFile)
    const layout = cardLayout({ starts: startsBy(node.boardId), storage: node.storage })
    const parts = new Map<CardPartition['name'], string>([['slot-a', slot]])
    for (const { name, sizeBytes: bytes } of layout) {
      const file = join(work, name)
      if (name === 'boot') await makeBootPartition({ contents, file, bytes, identity, epoch: lock.epoch })
      else if (name === 'data') await makeDataPartition({ file, bytes, identity, epoch: lock.epoch })
      else continue
      parts.set(name, file)
    }
    const size = cardBytes(layout)
    const image = join(work, 'card.img')
    const ranges = await writeCard({
      file: image,
      layout,
      diskId: identity.diskId,
      sheet,
      parts,
      onProgress: (bytes) => onProgress(`6/7 card: ${Math.floor((bytes / size) * 100)} %`),
    })
    const made: ImageMade = {
      node: node.name,
      board: node.boardId,
      cardBytes: size,
      mappedBytes: ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0) * blockMapBlockBytes,
      slotBytes: (await stat(slot)).size,
      sha256: await sha256Of(image),
    }
    const beside = [
      ['bmap', blockMap(size, ranges)],
      ['json', `${JSON.stringify(made, null, 2)}\n`],
    ] as const
    for (const [ending, text] of beside) await writeFile(`${out}.${ending}`, text, { mode: 0o600 })
    if (options.compress) await compress(image, `${out}.xz`, options)
    await moveTo(image, out)
    return made
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** A Raspberry Pi 5 has a kernel of its own; what only a screen needs is on cards with one. */
export function neededPackages(lock: SystemLock, board: BoardId, hasScreen: boolean): LockedPackage[] {
  const sets = [
    'system',
    'boot',
    board === 'pi-5' ? 'kernel-pi-5' : 'kernel',
    ...(hasScreen ? ['screen'] : []),
  ]
  return lock.packages.filter(({ set }) => sets.includes(set))
}

/** Blocks of a fixed size: the same bytes whatever the number of processors. */
async function compress(image: string, out: string, { onProgress, signal }: ImageOptions): Promise<void> {
  onProgress('7/7 compressing')
  await runProgram({
    command: 'sh',
    args: ['-c', 'umask 077; exec xz -T0 --block-size=16MiB -1 -c "$1" >"$2"', 'sh', image, `${out}.new`],
    ...(signal === undefined ? {} : { signal }),
  })
  await rename(`${out}.new`, out)
}
