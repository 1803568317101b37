import type { CID } from 'multiformats/cid'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))
/** multibase's sign for base32. */
const B = 0x62

/**
 * The text of a CIDv1 in base32, as `toString` gives it, in one piece. That of `toString` is put together letter by letter, which V8 keeps as
 * a chain of some 1.5 KiB for as long as the text is, and it is kept with the CID besides: whoever remembers a hundred thousand of them
 * cannot have that.
 */
export function cidKey({ bytes }: CID): string {
  const codes = [B]
  let rest = 0
  let bits = 0
  for (const byte of bytes) {
    rest = ((rest << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      codes.push(CODES[(rest >> bits) & 31] ?? 0)
    }
  }
  if (bits > 0) codes.push(CODES[(rest << (5 - bits)) & 31] ?? 0)
  return String.fromCharCode(...codes)
}
