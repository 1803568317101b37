import { BufferAttribute, BufferGeometry } from 'three'
import type { TypedArray } from 'three'
// oxlint-disable-next-line import/default -- Vite makes the worker of it, and gives its address.
import workerAddress from './model-decoder.worker.ts?worker&url'
import type { DecoderAnswer, DecoderTask } from './model-decoder.worker.ts'

type Waiting = { resolve: (answer: DecoderAnswer) => void; reject: (error: Error) => void }

/** Compressed meshes, by a worker that is there only while a model needs it. In the forms that three's loader asks for. */
export class ModelDecoders {
  #worker: Worker | undefined
  #last = 0
  readonly #waiting = new Map<number, Waiting>()

  /** For `GLTFLoader.setMeshoptDecoder` (EXT_meshopt_compression). */
  readonly meshopt = {
    supported: true,
    ready: Promise.resolve(),
    decodeGltfBufferAsync: async (
      count: number,
      size: number,
      source: Uint8Array,
      mode: string,
      filter?: string,
    ): Promise<Uint8Array> => {
      const answer = await this.#ask({
        kind: 'meshopt',
        count,
        size,
        source: new Uint8Array(source),
        mode,
        ...(filter !== undefined && { filter }),
      })
      return 'bytes' in answer ? answer.bytes : new Uint8Array()
    },
  }

  /** For `GLTFLoader.setDRACOLoader` (KHR_draco_mesh_compression). */
  readonly draco = {
    preload: (): void => {},
    decodeDracoFile: (
      bytes: ArrayBuffer,
      done: (geometry: BufferGeometry) => void,
      ids: Record<string, number>,
      types: Record<string, string>,
      _colours: unknown,
      failed: (error: Error) => void,
    ): void => {
      void this.#decodeDraco(bytes, done, ids, types).catch(failed)
    },
  }

  stop(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(new Error('stopped'))
    this.#waiting.clear()
  }

  async #decodeDraco(
    bytes: ArrayBuffer,
    done: (geometry: BufferGeometry) => void,
    ids: Record<string, number>,
    types: Record<string, string>,
  ): Promise<void> {
    const attributes = Object.entries(ids).map(([name, id]) => ({
      name,
      id,
      type: types[name] ?? 'Float32Array',
    }))
    const answer = await this.#ask({ kind: 'draco', bytes: bytes.slice(0), attributes })
    if (!('geometry' in answer)) return
    const geometry = new BufferGeometry()
    geometry.setIndex(new BufferAttribute(answer.geometry.index, 1))
    for (const { name, array, components } of answer.geometry.attributes) {
      geometry.setAttribute(name, new BufferAttribute(array as TypedArray, components))
    }
    done(geometry)
  }

  #ask(task: DecoderTask): Promise<DecoderAnswer> {
    const worker = this.#started()
    this.#last += 1
    const id = this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ ...task, id }, [task.kind === 'draco' ? task.bytes : task.source.buffer])
    })
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    // A classic worker, not a module: only that may import Draco's decoder, which is a plain script.
    const worker = new Worker(workerAddress)
    this.#worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<DecoderAnswer>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      if ('error' in data) waiting?.reject(new Error(data.error))
      else waiting?.resolve(data)
    })
    worker.addEventListener('error', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the decoder could not start'))
      this.#waiting.clear()
    })
    return worker
  }
}
