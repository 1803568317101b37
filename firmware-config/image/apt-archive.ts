import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ImageError } from './image-error.ts'
import { runProgram } from './run-program.ts'
import type { LockedPackage } from './system-lock.ts'
import { debian } from './system-packages.ts'
import type { Architecture } from './system-packages.ts'

/** Where packages come from: addresses with a slash at the end. */
export type Mirrors = Readonly<Partial<Record<LockedPackage['archive'], string>>>

/** Debian's mirrors that this machine's own apt uses, of whatever release. @throws {ImageError} where it knows none */
export async function machineMirrors(given?: string): Promise<Mirrors> {
  const listed = await runProgram({
    command: 'apt-get',
    args: ['indextargets', '--format', '$(REPO_URI) $(LABEL)', 'Created-By: Packages'],
  })
  const found = mirrorsIn(listed)
  if (given !== undefined) return { ...found, debian: given.replace(/\/?$/, '/') }
  if (found.debian === undefined)
    throw new ImageError("this machine's apt knows no mirror of Debian: give one with --mirror")
  return found
}

export function mirrorsIn(listed: string): Mirrors {
  const labels = { debian: 'Debian', security: 'Debian-Security' }
  const found: Partial<Record<LockedPackage['archive'], string>> = {}
  for (const line of listed.split('\n')) {
    const [uri, label] = line.trim().split(' ')
    for (const archive of ['debian', 'security'] as const) {
      if (uri !== undefined && label === labels[archive]) found[archive] ??= uri.replace(/\/?$/, '/')
    }
  }
  return found
}

/** An apt of its own, which knows one architecture of Debian's release and nothing of this machine. @returns its environment */
export async function openApt(
  folder: string,
  architecture: Architecture,
  mirrors: Mirrors,
): Promise<Record<string, string>> {
  for (const name of ['lists/partial', 'cache/archives/partial', 'etc'])
    await mkdir(join(folder, name), { recursive: true })
  const sources = [
    [mirrors.debian, debian.release],
    [mirrors.debian, `${debian.release}-updates`],
    [mirrors.debian, `${debian.release}-backports`],
    [mirrors.security, `${debian.release}-security`],
  ].flatMap(([uri, suite]) =>
    uri === undefined ? [] : [`deb [signed-by=${debian.keyring}] ${uri} ${suite} ${debian.components}\n`],
  )
  await writeFile(join(folder, 'sources.list'), sources.join(''))
  await writeFile(join(folder, 'status'), '')
  const config = join(folder, 'apt.conf')
  await writeFile(
    config,
    `Dir::State "${folder}"; Dir::State::status "${folder}/status"; Dir::State::lists "${folder}/lists"; Dir::Cache "${folder}/cache";
Dir::Etc::sourcelist "${folder}/sources.list"; Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferences "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
APT::Architecture "${architecture}"; APT::Architectures { "${architecture}"; }; APT::Install-Recommends "false"; APT::Sandbox::User "root";
`,
  )
  return { APT_CONFIG: config }
}

const filesAtOnce = 20

/** Brings every locked package into `folder`, each under its hash, and checks it. @returns where each is */
export async function fetchPackages(
  packages: readonly LockedPackage[],
  mirrors: Mirrors,
  folder: string,
  onProgress: (done: number, of: number) => void,
): Promise<Map<LockedPackage, string>> {
  await mkdir(folder, { recursive: true })
  const places = new Map(packages.map((one) => [one, join(folder, `${one.sha256}.deb`)]))
  const wanting: LockedPackage[] = []
  for (const [one, path] of places) if (!(await isOfSize(path, one.size))) wanting.push(one)
  const total = wanting.length
  while (wanting.length > 0) {
    onProgress(total - wanting.length, total)
    const batch = wanting.splice(0, filesAtOnce)
    const args = batch.flatMap((one) => {
      const mirror = mirrors[one.archive]
      if (mirror === undefined)
        throw new ImageError(`this machine's apt knows no mirror of Debian's ${one.archive} archive`)
      return [`${mirror}${one.file}`, `${places.get(one)}.new`, `SHA256:${one.sha256}`]
    })
    try {
      await runProgram({ command: '/usr/lib/apt/apt-helper', args: ['download-file', ...args] })
    } catch (cause) {
      throw new ImageError(
        `packages could not be fetched; if a mirror has them no more, lock newer ones (mesh-art firmware image --lock), or give a mirror that keeps old ones (--mirror). ${(cause as Error).message}`,
        { cause },
      )
    }
    for (const one of batch) {
      const path = places.get(one) ?? ''
      const found = await sha256Of(`${path}.new`)
      if (found !== one.sha256) {
        await rm(`${path}.new`, { force: true })
        throw new ImageError(`${one.name} is not what the lock says: sha256 ${found}`)
      }
      await rename(`${path}.new`, path)
    }
  }
  return places
}

const isOfSize = (path: string, size: number): Promise<boolean> =>
  stat(path).then(
    (found) => found.size === size,
    () => false,
  )

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}
