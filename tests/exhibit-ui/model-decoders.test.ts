import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import { MeshoptDecoder } from 'three/examples/jsm/libs/meshopt_decoder.module.js'
import { describe, expect, it } from 'vitest'
import { decodeDraco } from '../../exhibit-ui/components/viewers/draco-geometry.ts'
import type { DracoModule } from '../../exhibit-ui/components/viewers/draco-geometry.ts'
import { dracoMesh, meshoptVertices } from './fixture-packed.ts'

const corners = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0.5])

async function draco(): Promise<DracoModule> {
  const path = createRequire(import.meta.url).resolve('three/examples/jsm/libs/draco/gltf/draco_decoder.js')
  const world: { DracoDecoderModule?: () => Promise<DracoModule> } = {}
  runInNewContext(await readFile(path, 'utf8'), world)
  if (world.DracoDecoderModule === undefined) throw new Error('three brings another decoder')
  return world.DracoDecoderModule()
}

describe('compressed meshes', () => {
  it('of Draco come out as they went in', async () => {
    const bytes = dracoMesh(corners, [0, 1, 2, 2, 1, 3]).buffer
    const attributes = [{ name: 'position', id: 0, type: 'Float32Array' }]
    const { index, attributes: out } = decodeDraco(await draco(), { kind: 'draco', bytes, attributes })
    expect([...index]).toEqual([0, 1, 2, 2, 1, 3])
    expect(out[0]?.components).toBe(3)
    expect(out[0]?.array).toEqual(corners)
  })

  it('of Draco that are no mesh are refused', async () => {
    const module = await draco()
    for (const bytes of [new Uint8Array([1, 2, 3]), dracoMesh().slice(0, 20)]) {
      expect(() => decodeDraco(module, { kind: 'draco', bytes: bytes.buffer, attributes: [] })).toThrow(
        /Draco/,
      )
    }
  })

  it('of meshopt come out as they went in', async () => {
    await MeshoptDecoder.ready
    const vertices = Uint8Array.from({ length: 64 }, (_, i) => (i * 7) % 120)
    const source = meshoptVertices(vertices, 4)
    const out = new Uint8Array(64)
    MeshoptDecoder.decodeGltfBuffer(out, 16, 4, source, 'ATTRIBUTES')
    expect(out).toEqual(vertices)
  })
})
