import { encode } from 'uqr'
import { html, trusted } from './html.ts'
import type { Html } from './html.ts'

const QUIET_ZONE = 4

/** A QR code as a drawing of one path, with the quiet zone that readers need (ISO 18004: four modules). */
export function qrDrawing(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue
      const start = x
      while (row[x + 1] === true) x += 1
      path += `M${start} ${y}h${x - start + 1}v1H${start}z`
    }
  }
  return html`<svg
    class="qr"
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${size} ${size}"
    width="168"
    height="168"
    role="img"
    aria-label="${label}"
  >
    <path fill="#fff" d="${trusted(`M0 0h${size}v${size}H0z`)}" />
    <path fill="#000" d="${trusted(path)}" />
  </svg>`
}
