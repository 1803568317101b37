import { openApt } from './apt-archive.ts'
import type { Mirrors } from './apt-archive.ts'
import { ImageError } from './image-error.ts'
import { runProgram } from './run-program.ts'
import type { LockedPackage, SystemLock } from './system-lock.ts'
import {
  bootPackages,
  debian,
  isKernelPackage,
  kernelPackage,
  screenPackages,
  systemPackages,
} from './system-packages.ts'
import type { Architecture, PackageSet } from './system-packages.ts'

interface Chosen {
  readonly name: string
  readonly version: string
}

/** What apt would install today, with every dependency, by version and hash. */
export async function lockPackages(options: {
  readonly architecture: Architecture
  readonly mirrors: Mirrors
  /** Where apt keeps its lists. */
  readonly folder: string
  readonly epoch: number
  readonly onLine?: (line: string) => void
}): Promise<SystemLock> {
  const { architecture, mirrors, folder, epoch, onLine = () => {} } = options
  const env = await openApt(folder, architecture, mirrors)
  await runProgram({ command: 'apt-get', args: ['update', '-q'], env, onLine })
  const choose = async (names: readonly string[], suite?: string): Promise<Chosen[]> =>
    chosenIn(
      await runProgram({
        command: 'apt-get',
        args: ['install', '-s', '-y', '-q', ...(suite === undefined ? [] : ['-t', suite]), ...names],
        env,
      }),
    )
  const system = await choose(['?essential', ...systemPackages])
  const known = new Set(system.map(({ name }) => name))
  const screen = (await choose(['?essential', ...systemPackages, ...screenPackages])).filter(
    ({ name }) => !known.has(name),
  )
  const boot = bootPackages(architecture)
  const kernel = kernelPackage(architecture)
  const sets: [PackageSet, Chosen[]][] = [
    ['system', system],
    ['screen', screen],
    ['boot', (await choose(boot)).filter(({ name }) => boot.includes(name))],
    ['kernel', (await choose([kernel])).filter(({ name }) => isKernelPackage(name))],
  ]
  if (architecture === 'arm64') {
    // Debian 13's own kernel does not know a Raspberry Pi 5's card.
    const newer = await choose([kernel], `${debian.release}-backports`)
    sets.push(['kernel-pi-5', newer.filter(({ name }) => isKernelPackage(name))])
  }
  const packages: LockedPackage[] = []
  for (const [set, chosen] of sets) {
    if (chosen.length === 0)
      throw new ImageError(`apt chose nothing for '${set}': it said nothing it would install`)
    const shown = stanzas(
      await runProgram({
        command: 'apt-cache',
        args: ['show', ...chosen.map(({ name, version }) => `${name}=${version}`)],
        env,
      }),
    )
    for (const { name, version } of chosen) {
      const found = shown.find((one) => one['Package'] === name && one['Version'] === version)
      const { Filename: file, Size: size, SHA256: sha256 } = found ?? {}
      if (file === undefined || size === undefined || sha256 === undefined)
        throw new ImageError(`apt does not say where ${name} ${version} is`)
      // A package may be in both archives; where its file lies says in which this one is.
      const archive = file.startsWith('pool/updates/') ? 'security' : 'debian'
      packages.push({ set, name, version, archive, file, size: Number(size), sha256 })
    }
  }
  return { version: 1, release: debian.release, architecture, epoch, packages }
}

/** `Inst libc6 (2.41-12 Debian:13.1/stable [arm64])`: what a simulated installation would bring. */
export function chosenIn(simulated: string): Chosen[] {
  return [...simulated.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(
    ([, name = '', version = '']) => ({
      name,
      version,
    }),
  )
}

/** Paragraphs of `Field: value`, continued lines left out. */
export function stanzas(text: string): Record<string, string>[] {
  return text
    .split(/\n\n+/)
    .map((paragraph) =>
      Object.fromEntries(
        paragraph.split('\n').flatMap((line) => {
          const found = /^([A-Za-z0-9-]+): (.*)$/.exec(line)
          return found === null ? [] : [[found[1] ?? '', found[2] ?? '']]
        }),
      ),
    )
    .filter((one) => one['Package'] !== undefined)
}
