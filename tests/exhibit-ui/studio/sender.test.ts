import { CID } from 'multiformats/cid'
import { describe, expect, test } from 'vitest'
import { isBlock, linksOfBlock } from '../../../artworks/format/dag.ts'
import { hashWork } from '../../../exhibit-ui/studio/send/hash-work.ts'
import { NodeAwayError, NodeRefusedError } from '../../../exhibit-ui/studio/send/node-errors.ts'
import { Sender } from '../../../exhibit-ui/studio/send/sender.ts'
import type { SendState } from '../../../exhibit-ui/studio/send/sender.ts'
import type { UploadView } from '../../../node/http/contract.ts'
import { bytesOf } from '../../node/store/blocks.ts'

const MIB = 1024 * 1024
const files = [
  { path: 'film.webm', blob: new Blob([new Uint8Array(bytesOf(5 * MIB + 3, 1))]) },
  { path: 'sub/a.txt', blob: new Blob(['a']) },
]
const work = await hashWork(files)

/** A node as far as an upload is concerned; what it has outlives its memory of the upload. */
class TinyNode {
  readonly chunks = new Map<string, Uint8Array>()
  readonly puts: string[] = []
  readonly records: Uint8Array[] = []
  isAnnounced = false
  /** Asked before anything is done; throws what is to go wrong. */
  fault: (what: 'announce' | 'put' | 'submit', count: number) => void = () => undefined
  #count = 0

  #wanted(): string[] {
    const wanted: string[] = []
    const look = (text: string): void => {
      const bytes = this.chunks.get(text)
      if (bytes === undefined) wanted.push(text)
      else for (const link of linksOfBlock(CID.parse(text), bytes)) look(link.toString())
    }
    look(work.root)
    return [...new Set(wanted)]
  }

  #view(): UploadView {
    const wanted = this.#wanted()
    const { root, chunks: total } = work
    return { root, have: this.chunks.size, total, complete: wanted.length === 0, wanted: wanted.slice(0, 2) }
  }

  announce = async (): Promise<UploadView> => {
    this.fault('announce', this.#count++)
    this.isAnnounced = true
    return this.#view()
  }

  putChunk = async (_root: string, cid: string, body: Blob | Uint8Array): Promise<UploadView> => {
    this.fault('put', this.#count++)
    if (!this.isAnnounced) throw new NodeRefusedError(404, 'not-found', '')
    const bytes = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body
    if (!isBlock(CID.parse(cid), bytes)) throw new NodeRefusedError(422, 'block-mismatch', '')
    this.puts.push(cid)
    this.chunks.set(cid, bytes)
    return this.#view()
  }

  submit = async (sealed: Uint8Array): Promise<{ cid: string; created: boolean }> => {
    this.fault('submit', this.#count++)
    this.records.push(sealed)
    return { cid: 'c', created: true }
  }
}

function senderTo(
  node: TinyNode,
  of = files,
): { sender: Sender; phases: Set<string>; last: () => SendState } {
  const phases = new Set<string>()
  let nowMs = 0
  const sender = new Sender({
    client: node,
    work,
    whose: { artist: 'did:key:zA', slug: 'film' },
    files: of,
    record: Uint8Array.of(1),
    nowMs: () => (nowMs += 500),
    wait: async () => undefined,
    onChange: ({ phase }) => phases.add(phase),
  })
  return { sender, phases, last: () => sender.state }
}

describe('bringing a work', () => {
  test('sends each chunk once, then the record', async () => {
    const node = new TinyNode()
    const { sender, last } = senderTo(node)
    await sender.start()
    expect(last()).toMatchObject({ phase: 'done', have: work.chunks, bytes: work.size })
    expect(last().sent.get('film.webm')).toBe(5 * MIB + 3)
    expect(node.puts.toSorted()).toEqual([...new Set(node.puts)].toSorted())
    expect(node.puts).toHaveLength(work.chunks)
    expect(node.records).toHaveLength(1)
  })

  test('waits out a node that is away, busy, or restarted in the midst of it', async () => {
    const node = new TinyNode()
    node.fault = (what, count) => {
      if (count === 0) throw new NodeAwayError('')
      if (count === 2) throw new NodeRefusedError(503, 'busy', '')
      if (count === 5) node.isAnnounced = false
      if (what === 'submit' && node.records.length === 0 && count % 2 === 0) throw new NodeAwayError('')
    }
    const { sender, phases, last } = senderTo(node)
    await sender.start()
    expect(last().phase).toBe('done')
    expect(phases).toContain('waiting')
    expect(new Set(node.puts).size).toBe(work.chunks)
  })

  test('goes on where it was after a pause, and at another node that has part of it already', async () => {
    const node = new TinyNode()
    const first = senderTo(node)
    node.fault = (what) => {
      if (what === 'put' && node.puts.length === 3) first.sender.pause()
    }
    await first.sender.start()
    expect(first.last().phase).toBe('paused')
    expect(node.records).toHaveLength(0)
    const other = new TinyNode()
    for (const [cid, bytes] of node.chunks) other.chunks.set(cid, bytes)
    const second = senderTo(other)
    await second.sender.start()
    expect(second.last().phase).toBe('done')
    expect(other.puts.some((cid) => node.chunks.has(cid))).toBe(false)
  })

  test('counts what another node has, when the phone has gone over to it in the midst of it', async () => {
    const [first, other] = [new TinyNode(), new TinyNode()]
    let at = first
    first.fault = () => {
      // From here on it is the other that answers at this address, and it knows nothing of an upload.
      if (first.puts.length === 3) at = other
      if (at === other) throw new NodeAwayError('')
    }
    const had: number[] = []
    const sender = new Sender({
      client: {
        announce: () => at.announce(),
        putChunk: (root, cid, body) => at.putChunk(root, cid, body),
        submit: (sealed) => at.submit(sealed),
      },
      work,
      whose: { artist: 'did:key:zA', slug: 'film' },
      files,
      record: Uint8Array.of(1),
      nowMs: () => 0,
      wait: async () => undefined,
      onChange: ({ have }) => had.push(have),
    })
    await sender.start()
    expect(sender.state).toMatchObject({ phase: 'done', have: work.chunks })
    expect(other.chunks.size).toBe(work.chunks)
    expect(had.slice(had.indexOf(3))).toContain(0)
    expect(sender.state.sent.get('film.webm')).toBe(5 * MIB + 3)
  })

  test.each([
    ['disk-full', 507],
    ['quota', 429],
    ['withdrawn', 410],
  ])('stops at %s, and says so', async (problem, status) => {
    const node = new TinyNode()
    node.fault = (what) => {
      if (what === 'submit') throw new NodeRefusedError(status, problem, 'why')
    }
    const { sender, last } = senderTo(node)
    await sender.start()
    expect(last()).toMatchObject({ phase: 'failed', problem, detail: 'why' })
  })

  test('says when a file is not what it was', async () => {
    const changed = [{ path: 'film.webm', blob: new Blob([new Uint8Array(5 * MIB + 3)]) }, ...files.slice(1)]
    const { sender, last } = senderTo(new TinyNode(), changed)
    await sender.start()
    expect(last()).toMatchObject({ phase: 'failed', problem: 'file-changed' })
  })

  test('gives up on a node that keeps nothing', async () => {
    const node = new TinyNode()
    node.fault = () => node.chunks.clear()
    const { sender, last } = senderTo(node)
    await sender.start()
    expect(last()).toMatchObject({ phase: 'failed', problem: 'not-kept' })
  })
})
