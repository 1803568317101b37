import { CID } from 'multiformats/cid'
import { sealRecord } from '../../artworks/format/envelope.ts'
import { sealIntake } from '../../artworks/format/intake.ts'
import { cidOfBytes } from '../../artworks/format/envelope.ts'
import { packReconcile } from '../../node/mesh/reconcile-codec.ts'
import { encodeControl } from '../../node/wire/chunk-messages.ts'
import { encodeMessage } from '../../node/wire/codec.ts'
import { manifestBody } from './bodies.ts'
import { person } from './people.ts'
import type { Random } from './random.ts'
import { makeDag } from './sealed-works.ts'
import type { SimNode } from './sim-node.ts'
import type { ConnectionEnd } from './sim-network.ts'
import type { SimStream } from './sim-stream.ts'

type Attack = (node: SimNode, end: ConnectionEnd, random: Random) => Promise<void>

function randomCids(random: Random, count: number): CID[] {
  return Array.from({ length: count }, () => cidOfBytes(random.bytes(8)))
}

function tell(stream: SimStream, ...frames: Uint8Array[]): void {
  for (const frame of frames) stream.write(frame).catch(() => undefined)
}

/** A work of this node's own artist, whose files nobody has. */
async function emptyWork(
  node: SimNode,
  random: Random,
  intakeKey = node.key,
): Promise<{ r: Uint8Array; i: Uint8Array }> {
  const artist = await person('flooding artist', node.index)
  const body = manifestBody(node.world.exhibition, {
    slug: `flood-${random.below(1000)}`,
    sequence: 1 + random.below(5),
    dag: makeDag(random, 3, []),
    claimed: '9999-12-31T23:59:59Z',
  })
  const record = await sealRecord(body, artist.key)
  return { r: record.bytes, i: await sealIntake(record.cid, intakeKey) }
}

const attacks: Readonly<Record<string, Attack>> = {
  garbage: async (_node, end, random) => tell(end.openStream('chunks'), random.bytes(40)),
  'wrong role': async (_node, end, random) =>
    tell(end.openStream('chunks'), encodeControl({ t: 'have', roots: [], c: randomCids(random, 3) })),
  'too many wants': async (_node, end, random) =>
    tell(end.openStream('chunks'), encodeControl({ t: 'want', c: randomCids(random, 300) })),
  'many streams': async (_node, end) => {
    for (let i = 0; i < 50; i++) tell(end.openStream('chunks'), encodeControl({ t: 'cancel', c: [] }))
  },
  'false haves': async (node, _end, random) => {
    const cids = randomCids(random, 600)
    for (const server of node.process?.rim.announcer.audience() ?? [])
      server.tell(cids.slice(0, 50), cids).catch(() => undefined)
  },
  'unasked chunks': async (node, _end, random) => {
    for (const channel of node.process?.rim.channels ?? []) {
      const bytes = random.bytes(60)
      const cid = cidOfBytes(random.chance(0.5) ? bytes : random.bytes(4))
      const head = Uint8Array.of(1, cid.bytes.length, ...cid.bytes)
      channel.write(head, bytes).catch(() => undefined)
    }
  },
  'broken records': async (_node, end, random) =>
    tell(end.openStream('records'), encodeMessage({ t: 'records', l: [{ r: random.bytes(200) }] })),
  'altered record': async (node, end, random) => {
    const { r, i } = await emptyWork(node, random)
    const altered = r.slice()
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    tell(end.openStream('records'), encodeMessage({ t: 'records', l: [{ r: altered, i }] }))
  },
  'no right to be there': async (node, end, random) => {
    const stranger = await person('nobody')
    const work = await emptyWork(node, random, stranger.key)
    tell(end.openStream('records'), encodeMessage({ t: 'records', l: [work] }))
  },
  'empty works': async (node, end, random) => {
    const l = [await emptyWork(node, random), await emptyWork(node, random)]
    tell(end.openStream('records'), encodeMessage({ t: 'records', l }))
  },
  'endless reconciliation': async (_node, end, random) => {
    const entries = Array.from({ length: 1000 }, (_, i) => ({
      p: i.toString(16).padStart(4, '0'),
      f: random.bytes(16),
    }))
    const stream = end.openStream('records')
    for (let i = 0; i < 30; i++) tell(stream, encodeMessage({ t: 'reconcile', m: packReconcile(entries) }))
  },
}

/** What a flooder does to its neighbours, now and then, as long as it runs. */
export function startAttacks(node: SimNode, random: Random): void {
  const { clock, monitor } = node.world
  const names = Object.keys(attacks)
  const next = (): void => {
    clock.after(random.between(2_000, 20_000), () => {
      const ends = [...(node.process?.members.values() ?? [])].map(({ end }) => end)
      if (ends.length > 0) {
        const name = random.pick(names)
        node.trace(`attacks: ${name}`)
        attacks[name]?.(node, random.pick(ends), random).catch((err: unknown) =>
          monitor.report(node.name, String(err)),
        )
      }
      next()
    })
  }
  next()
}
