import type { SourceFile, SourceImport } from './source-file.ts'

/** Files that may be longer than `maxFileLines`, each with a reason. */
export const longFiles: ReadonlySet<string> = new Set<string>()

export const maxFileLines = 300

export interface Surroundings {
  /** Packages that are there in production: `dependencies` of package.json. */
  readonly dependencies: ReadonlySet<string>
  readonly longFiles: ReadonlySet<string>
}

interface Rule {
  readonly name: string
  /** What is wrong with this file, one line each. */
  readonly check: (file: SourceFile, around: Surroundings) => Iterable<string>
}

const compositionRoot = 'node/exhibition-node.ts'
/** What HTTP says, as types: one file for the gallery, one more for each of the other pages. */
const isHttpContract = (path: string | undefined): boolean =>
  path === 'node/http/contract.ts' || inside(path, 'node/http/contracts')
const uiBuild = 'exhibit-ui/build.ts'

/** Packages about keys and identities, which open no connection. */
const keyPackages = new Set(['@libp2p/crypto', '@libp2p/peer-id', '@libp2p/peer-record'])

function inside(path: string | undefined, ...folders: readonly string[]): boolean {
  return path !== undefined && folders.some((folder) => path.startsWith(`${folder}/`))
}

function isLibp2p(name: string | undefined): boolean {
  return name !== undefined && (name === 'libp2p' || /^@(libp2p\/|chainsafe\/libp2p-)/.test(name))
}

/** The imports of a file that a predicate objects to, as lines. */
function imports(file: SourceFile, isWrong: (imported: SourceImport) => boolean): string[] {
  return file.imports.filter(isWrong).map((imported) => `imports ${imported.specifier}`)
}

/** Our own files outside these folders. */
function leaves(imported: SourceImport, ...folders: readonly string[]): boolean {
  return imported.path !== undefined && !inside(imported.path, ...folders)
}

export const rules: readonly Rule[] = [
  {
    name: 'artworks/format imports nobody of ours and runs anywhere',
    check: (file) =>
      inside(file.path, 'artworks/format')
        ? imports(file, (imported) => imported.builtin || leaves(imported, 'artworks/format'))
        : [],
  },
  {
    name: 'replication and wire import only artworks/format',
    check: (file) => {
      const home = ['node/replication', 'node/wire'].find((folder) => inside(file.path, folder))
      if (home === undefined) return []
      return imports(file, (imported) => imported.builtin || leaves(imported, home, 'artworks/format'))
    },
  },
  {
    name: 'health imports only wire and artworks/format',
    check: (file) =>
      inside(file.path, 'node/health')
        ? imports(
            file,
            (imported) => imported.builtin || leaves(imported, 'node/health', 'node/wire', 'artworks/format'),
          )
        : [],
  },
  {
    name: 'what is pure takes time, randomness and effects as arguments',
    check: (file) =>
      inside(file.path, 'artworks/format', 'node/replication', 'node/wire', 'node/health')
        ? file.ambient.map((use) => `uses ${use}`)
        : [],
  },
  {
    name: 'mesh and http never import each other',
    check: (file) => [
      ...(inside(file.path, 'node/mesh') ? imports(file, ({ path }) => inside(path, 'node/http')) : []),
      ...(inside(file.path, 'node/http') ? imports(file, ({ path }) => inside(path, 'node/mesh')) : []),
    ],
  },
  {
    name: 'only mesh imports libp2p at run time',
    check: (file) =>
      inside(file.path, 'node/mesh', 'tests')
        ? []
        : imports(
            file,
            (imported) =>
              isLibp2p(imported.package) && !imported.typeOnly && !keyPackages.has(imported.package ?? ''),
          ),
  },
  {
    name: 'only artworks/format makes envelopes',
    check: (file) =>
      inside(file.path, 'artworks/format', 'tests')
        ? []
        : imports(file, (imported) => imported.package === '@libp2p/peer-record'),
  },
  {
    name: 'only http imports fastify',
    check: (file) =>
      inside(file.path, 'node/http', 'tests')
        ? []
        : imports(file, ({ package: name }) => name === 'fastify' || name?.startsWith('@fastify/') === true),
  },
  {
    name: 'only the composition root sees both mesh and http',
    check: (file) => {
      if (file.path === compositionRoot || inside(file.path, 'tests')) return []
      const both = ['node/mesh', 'node/http'].every((folder) =>
        file.imports.some(
          ({ path, typeOnly }) => inside(path, folder) && !(typeOnly && isHttpContract(path)),
        ),
      )
      return both ? ['imports both node/mesh and node/http'] : []
    },
  },
  {
    name: 'exhibit-ui imports artworks/format and the types of the HTTP contract',
    check: (file) =>
      inside(file.path, 'exhibit-ui')
        ? imports(
            file,
            (imported) =>
              leaves(imported, 'exhibit-ui', 'artworks/format') &&
              !(isHttpContract(imported.path) && imported.typeOnly),
          )
        : [],
  },
  {
    name: 'nobody imports the user interface, the works or the tests',
    check: (file) =>
      imports(
        file,
        ({ path }) =>
          path !== uiBuild &&
          // It says which tests there are.
          file.path !== 'vitest.config.ts' &&
          ['exhibit-ui', 'artworks/collection', 'tests'].some(
            (folder) => inside(path, folder) && !inside(file.path, folder, 'tests'),
          ),
      ),
  },
  {
    name: 'what runs in production names its packages in dependencies',
    check: (file, { dependencies }) =>
      inside(file.path, 'node', 'artworks/format')
        ? imports(
            file,
            ({ package: name, typeOnly }) => name !== undefined && !typeOnly && !dependencies.has(name),
          )
        : [],
  },
  {
    name: 'no barrels',
    check: (file) => (file.barrel ? ['only passes on what others export'] : []),
  },
  {
    name: `a file beyond ${maxFileLines} lines wants to be two`,
    check: (file, around) =>
      file.lines > maxFileLines && !around.longFiles.has(file.path) ? [`has ${file.lines} lines`] : [],
  },
]

/** Every breach of every rule, one line each: `path: what is wrong (the rule)`. */
export function findViolations(files: readonly SourceFile[], around: Surroundings): string[] {
  return files.flatMap((file) =>
    rules.flatMap((rule) =>
      [...rule.check(file, around)].map((problem) => `${file.path}: ${problem} (${rule.name})`),
    ),
  )
}
