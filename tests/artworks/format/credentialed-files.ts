import sharp from 'sharp'

/** A manifest store as JUMBF (ISO/IEC 19566-5): a superbox whose description says `c2pa`, and a content box. */
function manifestStore(): Buffer {
  const box = (type: string, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(8 + body.length)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, body])
  }
  const type = Buffer.from('6332706100110010800000aa00389b71', 'hex')
  const description = box('jumd', type, Buffer.of(3), Buffer.from('c2pa\0'))
  return box('jumb', description, box('cbor', Buffer.from('a0', 'hex')))
}

/** A photograph with Content Credentials in an APP11 segment after its JFIF header. */
export async function credentialedJpeg(): Promise<Buffer> {
  const plain = await plainJpeg()
  const store = manifestStore()
  const segment = Buffer.alloc(12)
  segment.writeUInt16BE(0xffeb, 0)
  segment.writeUInt16BE(10 + store.length, 2)
  segment.write('JP', 4, 'latin1')
  segment.writeUInt16BE(1, 6)
  segment.writeUInt32BE(1, 8)
  const after = 4 + plain.readUInt16BE(4)
  return Buffer.concat([plain.subarray(0, after), segment, store, plain.subarray(after)])
}

export function plainJpeg(): Promise<Buffer> {
  const background = { r: 200, g: 40, b: 40 }
  return sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length)
  head.write(type, 4, 'latin1')
  // The sum is not looked at.
  return Buffer.concat([head, body, Buffer.alloc(4)])
}

export function png(...types: string[]): Buffer {
  const chunks = types.map((type) => chunk(type, manifestStore()))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, chunk('IEND', Buffer.alloc(0))])
}

export function riff(form: string, ...types: string[]): Buffer {
  const chunks = types.map((type) => {
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32LE(3, 4)
    return Buffer.concat([head, Buffer.from('abc\0')])
  })
  const head = Buffer.from(`RIFF....${form}`)
  return Buffer.concat([head, ...chunks])
}

export function mp4(isLong: boolean, uuid = 'd8fec3d61b0e483c92975828877ec481'): Buffer {
  const ftyp = Buffer.from('0000001466747970617669660000000061766966', 'hex')
  const body = Buffer.concat([Buffer.from(uuid, 'hex'), manifestStore()])
  const head = Buffer.alloc(isLong ? 16 : 8)
  head.writeUInt32BE(isLong ? 1 : 8 + body.length)
  head.write('uuid', 4, 'latin1')
  if (isLong) head.writeBigUInt64BE(BigInt(16 + body.length), 8)
  return Buffer.concat([ftyp, head, body])
}
