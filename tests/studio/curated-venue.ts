import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { RunningNode } from '../venue/support/running-node.ts'
import { Venue } from '../venue/support/venue.ts'

/** What seals the keys that `Venue.artistKey` makes. */
export const curatorsWords = 'four words are good'

/** A venue whose exhibition these curators decide on: all must agree. */
export class CuratedVenue extends Venue {
  readonly curators: ReadonlyMap<string, string[]>

  constructor(names: readonly string[]) {
    super()
    this.curators = new Map(names.map((name) => [name, this.artistKey(name)]))
  }

  /** The first node, with the exhibition on it. */
  async first(name: string): Promise<RunningNode> {
    const dataDir = join(this.folder, name)
    const host = this.network.host(name)
    const texts = ['--title-nl', 'Proef', '--title-en', 'Trial', '--statement-nl', 'P', '--statement-en', 'T']
    const curators = [...this.curators].flatMap(([curator, [, file = '']]) => {
      const { did } = JSON.parse(this.cli(host, 'key', 'show', file, '--json')) as { did: string }
      return ['--curator', `${did}=${curator}`]
    })
    const quorum = ['--quorum', String(this.curators.size)]
    this.cli(host, 'exhibition', 'create', '--data-dir', dataDir, ...texts, ...quorum, ...curators)
    return this.node(name, { collection: false, dataDir })
  }

  /** A curator without a browser, at a node of their own. */
  curate(who: string, at: RunningNode, ...decision: string[]): string {
    const key = this.curators.get(who) ?? []
    return this.cli(this.network.host('desk'), 'curate', ...decision, '--node', at.url, ...key)
  }

  keyFileOf(who: string): string {
    return this.curators.get(who)?.[1] ?? ''
  }
}

/** Files of chunks on a node's disk, as the disk has them. */
export function chunksOnDisk({ dataDir }: RunningNode): number {
  const found = execFileSync('find', [join(dataDir, 'chunks'), '-type', 'f', '-name', 'baf*'])
  return found.toString().split('\n').filter(Boolean).length
}

/** How often a text is in the files of a node. */
export function timesOnDisk({ dataDir }: RunningNode, text: string): number {
  const script = `grep -rFc -a -- "$1" "$2" | awk -F: '{n+=$NF} END {print n}'`
  return Number(execFileSync('sh', ['-c', script, 'sh', text, dataDir]).toString())
}
