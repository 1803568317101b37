import { glb } from './fixture-model.ts'

/** Sixteen corners of a wavy sheet, and the triangles between them. */
const corners = new Float32Array(
  Array.from({ length: 16 }, (_, i) => [i % 4, Math.floor(i / 4), Math.sin(i)].map(Math.fround)).flat(),
)
const triangles = Array.from({ length: 9 }, (_, i) => Math.floor(i / 3) * 4 + (i % 3)).flatMap((at) => [
  at,
  at + 1,
  at + 4,
  at + 1,
  at + 5,
  at + 4,
])

/** A mesh as Draco writes it with nothing packed: sequential, indices as bytes, positions as they are. */
export function dracoMesh(
  points: Float32Array<ArrayBuffer> = corners,
  index: readonly number[] = triangles,
): Uint8Array<ArrayBuffer> {
  const head = [...Buffer.from('DRACO'), 2, 2, 1, 0, 0, 0]
  const faces = [index.length / 3, points.length / 3, 1, ...index]
  const [position, float32] = [0, 9]
  const attributes = [1, 1, position, float32, 3, 0, 0, 0]
  return new Uint8Array([...head, ...faces, ...attributes, ...new Uint8Array(points.buffer)])
}

/**
 * Sixteen vertices as meshopt writes them with nothing packed (version 0, one block): for each byte of a vertex two bits that
 * say 'as it is' and the zigzag of what it differs from the vertex before; at the end the first vertex.
 */
export function meshoptVertices(vertices: Uint8Array, stride: number): Uint8Array<ArrayBuffer> {
  const out = [0xa0]
  for (let byte = 0; byte < stride; byte += 1) {
    out.push(0b11)
    let last = vertices[byte] ?? 0
    for (let vertex = 0; vertex < 16; vertex += 1) {
      const value = vertices[vertex * stride + byte] ?? 0
      const delta = ((value - last) << 24) >> 24
      out.push(((delta << 1) ^ (delta >> 31)) & 255)
      last = value
    }
  }
  return new Uint8Array([...out, ...new Uint8Array(Math.max(0, 32 - stride)), ...vertices.slice(0, stride)])
}

const sheet = { min: [0, 0, -1], max: [3, 3, 1], componentType: 5126, count: 16, type: 'VEC3' }
const base = { asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }] }

export function dracoModel(): Buffer {
  const name = 'KHR_draco_mesh_compression'
  const packed = { [name]: { bufferView: 0, attributes: { POSITION: 0 } } }
  return glb(
    ([view]) => ({
      ...base,
      extensionsUsed: [name],
      extensionsRequired: [name],
      buffers: [{ byteLength: view?.byteLength ?? 0 }],
      accessors: [sheet, { componentType: 5121, count: triangles.length, type: 'SCALAR' }],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1, extensions: packed }] }],
    }),
    [Buffer.from(dracoMesh())],
  )
}

export function meshoptModel(): Buffer {
  const name = 'EXT_meshopt_compression'
  const packed = Buffer.from(meshoptVertices(new Uint8Array(corners.buffer), 12))
  const index = Buffer.from(triangles)
  return glb(
    ([vertices, indices]) => ({
      ...base,
      extensionsUsed: [name],
      extensionsRequired: [name],
      buffers: [{ byteLength: (indices?.byteOffset ?? 0) + (indices?.byteLength ?? 0) }],
      bufferViews: [
        {
          buffer: 0,
          byteLength: 192,
          extensions: { [name]: { ...vertices, byteStride: 12, count: 16, mode: 'ATTRIBUTES' } },
        },
        indices,
      ],
      accessors: [
        { bufferView: 0, ...sheet },
        { bufferView: 1, componentType: 5121, count: triangles.length, type: 'SCALAR' },
      ],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    }),
    [packed, index],
  )
}
