import { MeshoptDecoder } from 'three/examples/jsm/libs/meshopt_decoder.module.js'
import dracoUrl from 'three/examples/jsm/libs/draco/gltf/draco_decoder.js?url'
import { decodeDraco } from './draco-geometry.ts'
import type { DracoModule, DracoTask, PlainGeometry } from './draco-geometry.ts'

/**
 * Takes compressed meshes apart, away from the page: a long one keeps nobody waiting, and the compiled code it needs is
 * allowed here by the answer this script comes with, and nowhere else.
 */
export interface MeshoptTask {
  kind: 'meshopt'
  count: number
  size: number
  source: Uint8Array<ArrayBuffer>
  mode: string
  filter?: string
}
export type DecoderTask = MeshoptTask | DracoTask
export type DecoderAnswer =
  | { id: number; bytes: Uint8Array }
  | { id: number; geometry: PlainGeometry }
  | { id: number; error: string }

declare function importScripts(address: string): void

let draco: Promise<DracoModule> | undefined

/** Comes when the first mesh asks for it; asm.js, so that it runs on whatever runs these pages. */
function dracoModule(): Promise<DracoModule> {
  draco ??= (async () => {
    importScripts(dracoUrl)
    const { DracoDecoderModule } = globalThis as unknown as { DracoDecoderModule: () => Promise<DracoModule> }
    return DracoDecoderModule()
  })()
  return draco
}

async function decode(task: DecoderTask): Promise<{ bytes: Uint8Array } | { geometry: PlainGeometry }> {
  if (task.kind === 'draco') return { geometry: decodeDraco(await dracoModule(), task) }
  await MeshoptDecoder.ready
  const bytes = new Uint8Array(task.count * task.size)
  MeshoptDecoder.decodeGltfBuffer(bytes, task.count, task.size, task.source, task.mode, task.filter ?? '')
  return { bytes }
}

addEventListener('message', ({ data }: MessageEvent<DecoderTask & { id: number }>) => {
  const answer = (message: DecoderAnswer, moved: Transferable[] = []): void =>
    (postMessage as (message: unknown, moved: Transferable[]) => void)(message, moved)
  decode(data).then(
    (decoded) => answer({ id: data.id, ...decoded }),
    (error: unknown) => answer({ id: data.id, error: String(error) }),
  )
})
