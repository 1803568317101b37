import { hostname } from 'node:os'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { formatLimits } from '../artworks/format/limits.ts'
import { recordSchemas } from '../artworks/format/records.ts'
import type { LanguageMap } from '../artworks/format/records.ts'
import { hostPort, httpHost, listenAddress, peerAddress, port, shortName } from './local-addresses.ts'
import { parsePassphraseHash } from './technician/passphrase-hash.ts'
import { readYamlMapping } from './read-yaml.ts'
import { retentionSetting } from './retention-setting.ts'
import type { RetentionPolicy } from './store/retention.ts'
import type { Issue } from './read-yaml.ts'

export const configLimits = Object.freeze({
  fileBytes: 64 * 1024,
  addresses: 64,
  inviteLength: 4096,
  /** As long as a name in a grant. */
  nameLength: formatLimits.nameLength,
})

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** How one node runs. Frozen through and through. */
export interface NodeConfig {
  readonly name: string
  readonly place?: Readonly<LanguageMap>
  /** Absolute. */
  readonly dataDir: string
  readonly http: {
    readonly host: string
    readonly port: number
    /** The name visitors type; requests for other names are led to it. */
    readonly shortName?: string
  }
  readonly mesh: {
    /** Multiaddrs. */
    readonly listen: readonly string[]
    readonly peers: readonly string[]
    readonly mdns: boolean
    /** The interface that the mesh is on: others are told its addresses alone. */
    readonly meshInterface?: string
    /** How seldom an idle node speaks: longest waits, in seconds. */
    readonly quiet?: {
      readonly mdnsSeconds?: number | undefined
      readonly pingSeconds?: number | undefined
      readonly syncSeconds?: number | undefined
      readonly heartbeatSeconds?: number | undefined
    }
  }
  /** Invite of an exhibition to join at the first start. */
  readonly join?: string
  /** Absolute: a folder with the key and the grant that a card brings (provision.ts); used at the first start. */
  readonly provision?: string
  /** Absolute: a file in which the node says how it does, for the board's light (docs/firmware.md). */
  readonly light?: string
  readonly log: { readonly level: LogLevel }
  /** How the technicians' passphrase is checked; absent: nobody can order anything. */
  readonly technicians?: { readonly passphrase: string }
  readonly limits: {
    /** Bytes of the disk to leave free; absent: as the chunk store decides. */
    readonly reserveBytes?: number
    /** What may wait for curators here: see store/waiting-quota.ts, which also says what holds where these are absent. */
    readonly waitingPerArtist?: number
    readonly waitingBytesPerArtist?: number
    readonly waitingBytes?: number
  }
  /** How much of the exhibition it keeps. */
  readonly retention: RetentionPolicy
}

/** What the command line may say; it wins over the file. */
export interface NodeFlags {
  readonly name?: string
  readonly dataDir?: string
  /** HOST:PORT */
  readonly http?: string
  readonly listen?: readonly string[]
  readonly peer?: readonly string[]
  readonly mdns?: boolean
  readonly join?: string
  readonly logLevel?: string
}

/** Every mistake of a configuration, each with the path of the value or the name of the flag. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'bad-config'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[], options?: ErrorOptions) {
    super(issues.map(({ path, message }) => `${path}: ${message}`).join('; '), options)
    this.issues = issues
  }
}

const line = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.check((text) => text.trim() !== '', 'must not be empty'),
    v.maxLength(max, `must be at most ${max} characters`),
  )
const flag = v.boolean('must be true or false')
const wholeNumber = (message: string) =>
  v.optional(v.pipe(v.number(message), v.safeInteger('must be whole'), v.minValue(0, 'must not be negative')))
const level = v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`)
const addresses = (address: v.GenericSchema<string>) =>
  v.pipe(
    v.array(address, 'must be a list'),
    v.maxLength(configLimits.addresses, `at most ${configLimits.addresses}`),
  )
const seconds = (max: number) =>
  v.pipe(
    v.number('must be a number of seconds'),
    v.check((value) => value >= 1 && value <= max, `must be from 1 to ${max}`),
  )
const name = line(configLimits.nameLength)
const dataDir = line(4096)
const join = line(configLimits.inviteLength)
const section = <T extends v.ObjectEntries>(entries: T) =>
  v.optional(v.strictObject(entries, (issue) => sectionMessage(issue)))

const fileSchema = v.strictObject(
  {
    name: v.optional(name),
    place: recordSchemas['node-grant'].entries.place,
    dataDir: v.optional(dataDir),
    http: section({
      host: v.optional(httpHost),
      port: v.optional(port),
      shortName: v.optional(shortName),
    }),
    mesh: section({
      listen: v.optional(
        v.pipe(
          addresses(listenAddress),
          v.check((list) => list.length > 0, 'needs at least one address'),
        ),
      ),
      peers: v.optional(addresses(peerAddress)),
      mdns: v.optional(flag),
      interface: v.optional(line(15)),
      quiet: section({
        mdnsSeconds: v.optional(seconds(3600)),
        pingSeconds: v.optional(seconds(2700)),
        syncSeconds: v.optional(seconds(86_400)),
        heartbeatSeconds: v.optional(seconds(60)),
      }),
    }),
    join: v.optional(join),
    provision: v.optional(dataDir),
    light: v.optional(dataDir),
    technicians: section({
      passphrase: v.pipe(
        v.string('must be text'),
        v.check(
          (text) => parsePassphraseHash(text) !== null,
          'must be the line that `mesh-art tech passphrase` prints, and not the passphrase itself',
        ),
      ),
    }),
    log: section({ level: v.optional(level) }),
    retention: v.optional(retentionSetting),
    limits: section({
      reserveBytes: wholeNumber('must be a number of bytes'),
      waitingPerArtist: wholeNumber('must be a number of versions'),
      waitingBytesPerArtist: wholeNumber('must be a number of bytes'),
      waitingBytes: wholeNumber('must be a number of bytes'),
    }),
  },
  (issue) => sectionMessage(issue),
)

/** Keys are the names of the flags, so that a mistake is told under the name it was typed with. */
const flagsSchema = v.object({
  '--name': v.optional(name),
  '--data-dir': v.optional(dataDir),
  '--http': v.optional(hostPort),
  '--listen': v.optional(addresses(listenAddress)),
  '--peer': v.optional(addresses(peerAddress)),
  '--join': v.optional(join),
  '--log-level': v.optional(level),
})

function sectionMessage(issue: v.BaseIssue<unknown>): string {
  return issue.expected === 'never' ? 'is not a setting' : 'must be a section of settings'
}

/**
 * Reads the configuration of a node: `node.yaml` if one is given, and flags over it. A relative `dataDir` in the file is
 * relative to the file; one on the command line to the working directory.
 * @throws {ConfigError} with every mistake of the file and the flags
 */
export function loadConfig({ file, flags = {} }: { file?: string; flags?: NodeFlags } = {}): NodeConfig {
  const issues: Issue[] = []
  const written = file === undefined ? {} : readConfigFile(file, issues)
  const fromFile = v.safeParse(fileSchema, written)
  issues.push(...issuesOf(fromFile))
  const fromFlags = v.safeParse(flagsSchema, {
    '--name': flags.name,
    '--data-dir': flags.dataDir,
    '--http': flags.http,
    '--listen': flags.listen,
    '--peer': flags.peer,
    '--join': flags.join,
    '--log-level': flags.logLevel,
  })
  issues.push(...issuesOf(fromFlags))
  if (issues.length > 0 || !fromFile.success || !fromFlags.success) throw new ConfigError(issues)
  const set = fromFile.output
  const given = fromFlags.output
  const place = set.place
  const invite = given['--join'] ?? set.join
  return deepFreeze({
    name: given['--name'] ?? set.name ?? hostname().slice(0, configLimits.nameLength),
    ...(place === undefined ? {} : { place }),
    dataDir: resolve(
      given['--data-dir'] ??
        (set.dataDir === undefined || file === undefined ? 'data' : resolve(dirname(file), set.dataDir)),
    ),
    http: {
      ...(given['--http'] ?? { host: set.http?.host ?? '0.0.0.0', port: set.http?.port ?? 8080 }),
      ...(set.http?.shortName === undefined ? {} : { shortName: set.http.shortName }),
    },
    mesh: {
      listen: orDefault(given['--listen'], set.mesh?.listen ?? ['/ip4/0.0.0.0/tcp/0']),
      peers: orDefault(given['--peer'], set.mesh?.peers ?? []),
      mdns: flags.mdns ?? set.mesh?.mdns ?? true,
      ...(set.mesh?.interface === undefined ? {} : { meshInterface: set.mesh.interface }),
      ...(set.mesh?.quiet === undefined ? {} : { quiet: set.mesh.quiet }),
    },
    ...(invite === undefined ? {} : { join: invite }),
    ...(set.provision === undefined || file === undefined
      ? {}
      : { provision: resolve(dirname(file), set.provision) }),
    ...(set.light === undefined || file === undefined ? {} : { light: resolve(dirname(file), set.light) }),
    ...(set.technicians === undefined ? {} : { technicians: set.technicians }),
    log: { level: given['--log-level'] ?? set.log?.level ?? 'info' },
    limits: defined(set.limits ?? {}),
    retention: set.retention ?? { kind: 'full' },
  })
}

/** A flag that may be given several times is an empty list when it was not given. */
function orDefault(given: readonly string[] | undefined, otherwise: readonly string[]): readonly string[] {
  return given === undefined || given.length === 0 ? otherwise : given
}

function readConfigFile(file: string, issues: Issue[]): unknown {
  try {
    const read = readYamlMapping(file, configLimits.fileBytes)
    if ('issues' in read) {
      issues.push(...read.issues)
      return {}
    }
    return read.value
  } catch (cause) {
    const message = `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`
    throw new ConfigError([{ path: file, message }], { cause })
  }
}

function issuesOf(result: { issues?: readonly v.BaseIssue<unknown>[] | undefined }): Issue[] {
  return (result.issues ?? []).map((issue) => ({
    path: v.getDotPath(issue) ?? 'node.yaml',
    message: issue.message,
  }))
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner)
  return Object.freeze(value)
}

/** Without what is undefined: an absent field is absent. */
function defined<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
