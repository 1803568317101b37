import { deflateSync, crc32 } from 'node:zlib'

/** A small model of our own: a knot of a tube, with a texture, that turns when it is let. */

const around = 160
const across = 12

interface Grid {
  positions: Float32Array
  normals: Float32Array
  corners: Float32Array
  index: Uint16Array
}

type Point = [number, number, number]

const onKnot = (turn: number): Point => {
  const radius = 1 + 0.42 * Math.cos(3 * turn)
  return [radius * Math.cos(2 * turn), radius * Math.sin(2 * turn), 0.5 * Math.sin(3 * turn)]
}
const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const unit = (a: Point): Point => {
  const length = Math.hypot(...a)
  return [a[0] / length, a[1] / length, a[2] / length]
}

export function knotGrid(): Grid {
  const positions: number[] = []
  const normals: number[] = []
  const corners: number[] = []
  const index: number[] = []
  for (let i = 0; i <= around; i += 1) {
    const turn = (i / around) * 2 * Math.PI
    const middle = onKnot(turn)
    const along = unit(minus(onKnot(turn + 0.001), middle))
    const side = unit(cross(along, [0, 0, 1]))
    const up = cross(side, along)
    for (let j = 0; j <= across; j += 1) {
      const angle = (j / across) * 2 * Math.PI
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      const normal: Point = [side[0] * c + up[0] * s, side[1] * c + up[1] * s, side[2] * c + up[2] * s]
      positions.push(...middle.map((value, axis) => value + 0.22 * (normal[axis] ?? 0)))
      normals.push(...normal)
      corners.push((i / around) * 12, j / across)
      if (i === around || j === across) continue
      const a = i * (across + 1) + j
      const b = a + across + 1
      index.push(a, b, a + 1, b, b + 1, a + 1)
    }
  }
  return {
    positions: new Float32Array(positions),
    normals: new Float32Array(normals),
    corners: new Float32Array(corners),
    index: new Uint16Array(index),
  }
}

/** Stripes, eight pixels square, as PNG. */
function stripes(): Buffer {
  const size = 8
  const rows = Array.from({ length: size }, () => [
    0,
    ...Array.from({ length: size }, (_, x) => (x % 4 < 2 ? [163, 18, 140] : [245, 184, 0])).flat(),
  ])
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 2, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const padded = (bytes: Buffer, fill = 0): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, fill)])

/** Packs JSON and parts into a GLB; `parts` become buffer views in their order. */
export function glb(
  json: (views: { byteOffset: number; byteLength: number }[]) => object,
  parts: Buffer[],
): Buffer {
  let at = 0
  const views = parts.map((part) => {
    const view = { buffer: 0, byteOffset: at, byteLength: part.length }
    at += padded(part).length
    return view
  })
  const data = Buffer.concat(parts.map((part) => padded(part)))
  const text = padded(Buffer.from(JSON.stringify({ bufferViews: views, ...json(views) })), 0x20)
  const head = Buffer.alloc(20)
  head.writeUInt32LE(0x46546c67, 0)
  head.writeUInt32LE(2, 4)
  head.writeUInt32LE(28 + text.length + data.length, 8)
  head.writeUInt32LE(text.length, 12)
  head.writeUInt32LE(0x4e4f534a, 16)
  const mid = Buffer.alloc(8)
  mid.writeUInt32LE(data.length, 0)
  mid.writeUInt32LE(0x004e4942, 4)
  return Buffer.concat([head, text, mid, data])
}

const bytesOf = (array: Float32Array | Uint16Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength)

export function knot(): Buffer {
  const { positions, normals, corners, index } = knotGrid()
  const count = positions.length / 3
  const times = new Float32Array([0, 2, 4])
  const half = Math.SQRT1_2
  const turns = new Float32Array([0, 0, 0, 1, 0, half, 0, half, 0, 1, 0, 0])
  const parts = [positions, normals, corners, index, times, turns].map(bytesOf)
  const low = [0, 1, 2].map((axis) => Math.min(...positions.filter((_, i) => i % 3 === axis)))
  const high = [0, 1, 2].map((axis) => Math.max(...positions.filter((_, i) => i % 3 === axis)))
  return glb(
    (views) => ({
      asset: { version: '2.0' },
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [{ mesh: 0 }],
      buffers: [{ byteLength: views.reduce((sum, view) => sum + Math.ceil(view.byteLength / 4) * 4, 0) }],
      meshes: [
        {
          primitives: [{ attributes: { POSITION: 0, NORMAL: 1, TEXCOORD_0: 2 }, indices: 3, material: 0 }],
        },
      ],
      materials: [
        {
          pbrMetallicRoughness: {
            baseColorTexture: { index: 0 },
            metallicFactor: 0.1,
            roughnessFactor: 0.55,
          },
        },
      ],
      textures: [{ source: 0 }],
      images: [{ bufferView: 6, mimeType: 'image/png' }],
      accessors: [
        { bufferView: 0, componentType: 5126, count, type: 'VEC3', min: low, max: high },
        { bufferView: 1, componentType: 5126, count, type: 'VEC3' },
        { bufferView: 2, componentType: 5126, count, type: 'VEC2' },
        { bufferView: 3, componentType: 5123, count: index.length, type: 'SCALAR' },
        { bufferView: 4, componentType: 5126, count: 3, type: 'SCALAR', min: [0], max: [4] },
        { bufferView: 5, componentType: 5126, count: 3, type: 'VEC4' },
      ],
      animations: [
        {
          channels: [{ sampler: 0, target: { node: 0, path: 'rotation' } }],
          samplers: [{ input: 4, output: 5, interpolation: 'LINEAR' }],
        },
      ],
    }),
    [...parts, stripes()],
  )
}
