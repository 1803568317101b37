import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VenueNetwork } from './network.ts'
import type { VenueHost } from './network.ts'
import { RunningNode } from './running-node.ts'
import type { NodeOptions } from './running-node.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const program = join(root, 'node', 'bin.js')

/** A venue for one test file: a network, its nodes, an artist with a key. `close` ends and removes all of it. */
export class Venue {
  readonly network = new VenueNetwork()
  readonly nodes: RunningNode[] = []
  readonly folder = mkdtempSync(join(tmpdir(), 'mesh-art-venue-'))

  /** A host with a node on it. */
  async node(name: string, options: Partial<NodeOptions> = {}): Promise<RunningNode> {
    const node = new RunningNode({ host: this.network.host(name), name, ...options })
    this.nodes.push(node)
    await node.start()
    return node
  }

  /** An invite without addresses: whoever uses it must find a node by mDNS. */
  invite(founder: RunningNode): string {
    return (
      this.cli(founder.options.host, 'exhibition', 'invite', '--data-dir', founder.dataDir)
        .trim()
        .split('\n')[0] ?? ''
    )
  }

  /** Runs the command line in a host. @throws when it fails */
  cli(host: VenueHost, ...args: string[]): string {
    return host.run(process.execPath, program, ...args)
  }

  /** Starts the command line at the desk. */
  start(...args: string[]): ChildProcess {
    return this.network.host('desk').spawn(process.execPath, [program, ...args])
  }

  /** An artist's key file and its passphrase, as `--key … --passphrase-file …`. */
  artistKey(name = 'artist'): string[] {
    const passphrase = join(this.folder, `${name}.pass`)
    const file = join(this.folder, `${name}.key.json`)
    writeFileSync(passphrase, 'four words are good\n')
    this.cli(this.network.host('desk'), 'key', 'create', file, '--passphrase-file', passphrase)
    return ['--key', file, '--passphrase-file', passphrase]
  }

  /** A copy of a house work under another slug, ready to be published. */
  artworkFolder(of: string, slug: string): string {
    const dir = join(this.folder, slug)
    cpSync(join(root, 'artworks', 'collection', of), dir, { recursive: true })
    const yaml = readFileSync(join(dir, 'artwork.yaml'), 'utf8').replace(/^slug: .*$/m, `slug: ${slug}`)
    writeFileSync(join(dir, 'artwork.yaml'), yaml)
    return dir
  }

  /** A work of one file of random bytes, and so one that no other work shares a chunk with. */
  randomArtwork(slug: string, bytes: Buffer): string {
    const dir = join(this.folder, slug)
    mkdirSync(join(dir, 'work'), { recursive: true })
    writeFileSync(join(dir, 'work', 'work.bin'), bytes)
    writeFileSync(
      join(dir, 'artwork.yaml'),
      `slug: ${slug}
title: { nl: Ruis, en: Noise }
statement: { nl: Willekeurige bytes., en: Random bytes. }
maker: A test
track: public-ai
medium: text
entry: work.bin
alt: { nl: Ruis, en: Noise }
licence: CC0-1.0
`,
    )
    return dir
  }

  async close(): Promise<void> {
    for (const node of this.nodes) await node.remove()
    this.network.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
