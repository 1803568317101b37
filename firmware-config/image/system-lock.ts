import * as v from 'valibot'
import type { Architecture, PackageSet } from './system-packages.ts'

const sets = ['system', 'screen', 'boot', 'kernel', 'kernel-pi-5'] as const satisfies readonly PackageSet[]
const packageSchema = v.strictObject({
  set: v.picklist(sets),
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9+.-]{1,99}$/)),
  version: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.+~:-]{1,100}$/)),
  /** Which of Debian's archives, and where in it. */
  archive: v.picklist(['debian', 'security']),
  file: v.pipe(v.string(), v.regex(/^pool\/(?!.*\.\.)[A-Za-z0-9+.~_%:/-]{1,240}\.deb$/)),
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

export const systemLockSchema = v.strictObject({
  version: v.literal(1),
  release: v.string(),
  architecture: v.picklist(['arm64', 'amd64'] as const satisfies readonly Architecture[]),
  /** Seconds since 1970, of when it was made: the time of every file on a card. */
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1_500_000_000), v.maxValue(4_000_000_000)),
  packages: v.pipe(v.array(packageSchema), v.minLength(1), v.maxLength(2000)),
})

/** Every package of a card, by version and hash. Hosts are not in it: mirrors are what the machine's apt knows. */
export type SystemLock = v.InferOutput<typeof systemLockSchema>
export type LockedPackage = SystemLock['packages'][number]

/** A line a package, in a fixed order: a new lock shows what changed. */
export function lockText({ version, release, architecture, epoch, packages }: SystemLock): string {
  const sorted = packages.toSorted(
    (a, b) => sets.indexOf(a.set) - sets.indexOf(b.set) || (a.name < b.name ? -1 : 1),
  )
  const lines = sorted.map((one) => {
    const { set, name, version, archive, file, size, sha256 } = one
    return `    ${JSON.stringify({ set, name, version, archive, file, size, sha256 })}`
  })
  const head = JSON.stringify({ version, release, architecture, epoch }, null, 2).slice(0, -2)
  return `${head},\n  "packages": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** @throws {Error} when it is no lock, or names a package twice */
export function readLock(text: string): SystemLock {
  const lock = v.parse(systemLockSchema, JSON.parse(text))
  const seen = new Set<string>()
  for (const { set, name } of lock.packages) {
    // The kernel of a board may be another version of the same name.
    const key = set === 'kernel-pi-5' ? `${set} ${name}` : name
    if (seen.has(key)) throw new Error(`${name} is in it twice`)
    seen.add(key)
  }
  return lock
}
