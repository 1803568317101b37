/** As much of Draco's decoder as meshes in glTF need (KHR_draco_mesh_compression). */
interface DracoGeometry {
  num_faces(): number
  num_points(): number
}
interface DracoAttribute {
  num_components(): number
}
interface DracoDecoder {
  DecodeArrayToMesh(
    bytes: Int8Array,
    length: number,
    mesh: DracoGeometry,
  ): { ok(): boolean; error_msg(): string }
  GetAttributeByUniqueId(mesh: DracoGeometry, id: number): DracoAttribute
  GetTrianglesUInt32Array(mesh: DracoGeometry, bytes: number, pointer: number): boolean
  GetAttributeDataArrayForAllPoints(
    mesh: DracoGeometry,
    attribute: DracoAttribute,
    type: number,
    bytes: number,
    pointer: number,
  ): boolean
}
export interface DracoModule {
  Decoder: new () => DracoDecoder
  Mesh: new () => DracoGeometry
  DT_FLOAT32: number
  DT_INT8: number
  DT_INT16: number
  DT_INT32: number
  DT_UINT8: number
  DT_UINT16: number
  DT_UINT32: number
  HEAPU8: Uint8Array<ArrayBuffer>
  HEAPF32: Float32Array
  _malloc(bytes: number): number
  _free(pointer: number): void
  destroy(object: object): void
}

export interface DracoTask {
  kind: 'draco'
  bytes: ArrayBuffer
  /** Draco's id of each attribute, and the name of the typed array it goes into. */
  attributes: { name: string; id: number; type: string }[]
}
export interface PlainAttribute {
  name: string
  array: ArrayBufferView<ArrayBuffer>
  components: number
}
export interface PlainGeometry {
  index: Uint32Array<ArrayBuffer>
  attributes: PlainAttribute[]
}

const arrays = {
  Float32Array: [Float32Array, 'DT_FLOAT32'],
  Int8Array: [Int8Array, 'DT_INT8'],
  Int16Array: [Int16Array, 'DT_INT16'],
  Int32Array: [Int32Array, 'DT_INT32'],
  Uint8Array: [Uint8Array, 'DT_UINT8'],
  Uint16Array: [Uint16Array, 'DT_UINT16'],
  Uint32Array: [Uint32Array, 'DT_UINT32'],
} as const

/** @throws {Error} for bytes that are no mesh */
export function decodeDraco(draco: DracoModule, task: DracoTask): PlainGeometry {
  const decoder = new draco.Decoder()
  const mesh = new draco.Mesh()
  /** Lets the decoder write into memory of its own, and copies what it wrote. */
  const copied = (length: number, write: (pointer: number) => boolean): ArrayBuffer => {
    const pointer = draco['_malloc'](length)
    try {
      if (!write(pointer)) throw new Error('Draco gives no data')
      return draco.HEAPU8.slice(pointer, pointer + length).buffer
    } finally {
      draco['_free'](pointer)
    }
  }
  try {
    const bytes = new Int8Array(task.bytes)
    const status = decoder.DecodeArrayToMesh(bytes, bytes.length, mesh)
    if (!status.ok()) throw new Error(`Draco: ${status.error_msg()}`)
    const indexBytes = mesh.num_faces() * 3 * 4
    const index = copied(indexBytes, (pointer) => decoder.GetTrianglesUInt32Array(mesh, indexBytes, pointer))
    const attributes = task.attributes.map(({ name, id, type }): PlainAttribute => {
      const known = arrays[type as keyof typeof arrays]
      if (known === undefined) throw new Error(`Draco has no ${type}`)
      const [Typed, kind] = known
      const attribute = decoder.GetAttributeByUniqueId(mesh, id)
      const components = attribute.num_components()
      const length = mesh.num_points() * components * Typed.BYTES_PER_ELEMENT
      const buffer = copied(length, (pointer) =>
        decoder.GetAttributeDataArrayForAllPoints(mesh, attribute, draco[kind], length, pointer),
      )
      return { name, array: new Typed(buffer), components }
    })
    return { index: new Uint32Array(index), attributes }
  } finally {
    draco.destroy(mesh)
    draco.destroy(decoder)
  }
}
