import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { acceptsEncoding } from './accept.ts'

export type Encoding = 'br' | 'zstd' | 'gzip' | 'identity'

/** Smallest first. Over plain HTTP browsers ask for gzip only; the others are for venues with a certificate. */
const encodings = ['br', 'zstd', 'gzip'] as const

/** The best that the asker takes. */
export function encodingFor(headers: IncomingHttpHeaders): Encoding {
  return encodings.find((encoding) => acceptsEncoding(headers, encoding)) ?? 'identity'
}

/** @param effort `once` for what is kept, `quick` for what is made anew for each asker */
export async function encode(
  bytes: Buffer,
  encoding: Encoding,
  effort: 'once' | 'quick' = 'once',
): Promise<Buffer> {
  const isQuick = effort === 'quick'
  switch (encoding) {
    case 'br':
      return promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: isQuick ? 4 : 6 },
      })
    case 'zstd':
      return promisify(zstdCompress)(bytes, {
        params: { [constants.ZSTD_c_compressionLevel]: isQuick ? 3 : 12 },
      })
    case 'gzip':
      return promisify(gzip)(bytes, { level: isQuick ? 5 : 7 })
    case 'identity':
      return bytes
  }
}
