import type { ArtworkSummary, ExhibitionView, RecordView } from '../../../node/http/contract.ts'
import { eventually } from '../../venue/support/eventually.ts'
import { Command, startMeshArt } from './command.ts'

/** Ports that the system chooses, on this machine alone, and no mDNS: nodes of other tests are none of its business. */
export const onLoopback = ['--http', '127.0.0.1:0', '--listen', '/ip4/127.0.0.1/tcp/0', '--no-mdns']

/** A node in a process of its own, on loopback. */
export class LoopbackNode {
  readonly command: Command

  constructor(command: Command) {
    this.command = command
  }

  get url(): string {
    return /http:\/\/[^/\s]+/.exec(this.command.said)?.[0] ?? ''
  }

  get invite(): string {
    return /mesh-art-invite:\S+/.exec(this.command.said)?.[0] ?? ''
  }

  async json<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`)
    return (await response.json()) as T
  }

  exhibition(): Promise<ExhibitionView> {
    return this.json('/api/v1/exhibition')
  }

  async works(): Promise<ArtworkSummary[]> {
    return (await this.json<{ artworks: ArtworkSummary[] }>('/api/v1/artworks')).artworks
  }

  async records(): Promise<RecordView[]> {
    return (await this.json<{ records: RecordView[] }>('/api/v1/records')).records
  }

  async untilWhole(works: number): Promise<ArtworkSummary[]> {
    return eventually(`${works} whole works at ${this.url}`, async () => {
      const shown = await this.works()
      const whole = shown.filter(({ progress }) => progress.complete)
      if (whole.length !== works) throw new Error(`${whole.length} of ${shown.length}\n${this.command.said}`)
      return shown
    })
  }
}

/** Starts a node that ends with the test. */
export async function startNode(args: readonly string[]): Promise<LoopbackNode> {
  const command = startMeshArt(['node', ...onLoopback, ...args])
  await command.untilSaid('In the mesh as')
  return new LoopbackNode(command)
}

/** Starts one for a whole file of tests; its caller ends it. */
export async function startLastingNode(
  args: readonly string[],
  options: ConstructorParameters<typeof Command>[1] = {},
): Promise<LoopbackNode> {
  const command = new Command(['node', ...onLoopback, ...args], options)
  await command.untilSaid('In the mesh as')
  return new LoopbackNode(command)
}
