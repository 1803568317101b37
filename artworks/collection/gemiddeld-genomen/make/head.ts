/** The outline of the head, and the hair behind and before it. */
import type { Face, Ink } from './features.ts'
import { disc, fill, n, path, rect } from './pen.ts'

export function headPath(face: Face, x: number, top: number, w: number, h: number): string {
  const right = x + w
  const bottom = top + h
  const middle = x + w / 2
  const r = w / 2
  switch (face.head) {
    case 'disc': {
      const radius = Math.max(w, h) / 2
      const cy = top + h / 2
      return `M${n(middle - radius)} ${n(cy)}a${n(radius)} ${n(radius)} 0 1 1 ${n(radius * 2)} 0a${n(radius)} ${n(radius)} 0 1 1 ${n(-radius * 2)} 0Z`
    }
    case 'arch':
      return `M${n(x)} ${n(bottom)}V${n(top + r)}A${n(r)} ${n(r)} 0 0 1 ${n(right)} ${n(top + r)}V${n(bottom)}Z`
    case 'square':
      return `M${n(x)} ${n(top)}H${n(right)}V${n(bottom)}H${n(x)}Z`
    case 'shield':
      return `M${n(x)} ${n(top)}H${n(right)}V${n(bottom - r)}A${n(r)} ${n(r)} 0 0 1 ${n(x)} ${n(bottom - r)}Z`
    case 'kite':
      return `M${n(x)} ${n(top)}H${n(right)}L${n(right - w * 0.06)} ${n(top + h * 0.55)}L${n(middle)} ${n(bottom + 3)}L${n(x + w * 0.06)} ${n(top + h * 0.55)}Z`
    case 'drop':
      return `M${n(middle)} ${n(top)}A${n(r)} ${n(r * 1.05)} 0 0 1 ${n(right)} ${n(top + r)}V${n(bottom - r)}A${n(r)} ${n(r)} 0 0 1 ${n(middle)} ${n(bottom)}H${n(x)}V${n(top + r)}A${n(r)} ${n(r * 1.05)} 0 0 1 ${n(middle)} ${n(top)}Z`
    case 'oval':
      return `M${n(x)} ${n(top + r)}A${n(r)} ${n(r)} 0 0 1 ${n(right)} ${n(top + r)}V${n(bottom - r)}A${n(r)} ${n(r)} 0 0 1 ${n(x)} ${n(bottom - r)}Z`
  }
}

export function hairBehind(face: Face, ink: Ink, x: number, top: number, w: number, h: number): string {
  const middle = x + w / 2
  switch (face.hair) {
    case 'long':
      return path(
        `M${n(x - 8)} ${n(top + h + 12)}V${n(top + w / 2)}A${n(w / 2 + 8)} ${n(w / 2 + 8)} 0 0 1 ${n(x + w + 8)} ${n(top + w / 2)}V${n(top + h + 12)}Z`,
        fill(ink),
      )
    case 'curls': {
      let curls = ''
      for (let step = 0; step <= 8; step += 1) {
        const angle = Math.PI * (1.12 - (step / 8) * 1.24)
        curls += disc(
          middle + Math.cos(angle) * (w / 2 + 2),
          top + h * 0.36 - Math.sin(angle) * (h * 0.36 + 2),
          8.4,
          fill(ink),
        )
      }
      return curls
    }
    case 'bun':
      return disc(middle, top - 4, 9.5, fill(ink))
    case 'spikes': {
      let d = `M${n(x - 3)} ${n(top + h * 0.34)}`
      for (let step = 0; step < 6; step += 1)
        d += `L${n(x - 3 + ((step + 0.5) / 6) * (w + 6))} ${n(top - 13)}L${n(x - 3 + ((step + 1) / 6) * (w + 6))} ${n(top + (step === 5 ? h * 0.34 : 5))}`
      return path(`${d}Z`, fill(ink))
    }
    case 'crest':
      return path(
        `M${n(middle - 9)} ${n(top + 8)}V${n(top - 3)}A9 9 0 0 1 ${n(middle + 9)} ${n(top - 3)}V${n(top + 8)}Z`,
        fill(ink),
      )
    default:
      return ''
  }
}

/** Lies over the head and is cut off by its outline. */
export function hairInFront(face: Face, ink: Ink, x: number, top: number, w: number, h: number): string {
  switch (face.hair) {
    case 'cap':
      return rect(x - 4, top - 4, w + 8, h * 0.25 + 4, fill(ink))
    case 'bun':
      return path(
        `M${n(x - 4)} ${n(top - 4)}H${n(x + w + 4)}V${n(top + h * 0.12)}L${n(x + w / 2)} ${n(top + h * 0.24)}L${n(x - 4)} ${n(top + h * 0.12)}Z`,
        fill(ink),
      )
    case 'side':
      return path(
        `M${n(x - 4)} ${n(top - 4)}H${n(x + w + 4)}A${n(w * 0.9)} ${n(h * 0.42)} 0 0 1 ${n(x - 4)} ${n(top + h * 0.36)}Z`,
        fill(ink),
      )
    case 'long':
      return path(
        `M${n(x - 4)} ${n(top - 4)}H${n(x + w + 4)}V${n(top + h * 0.3)}A${n(w / 2 + 2)} ${n(h * 0.2)} 0 0 0 ${n(x - 4)} ${n(top + h * 0.3)}Z`,
        fill(ink),
      )
    case 'curls':
      return rect(x - 4, top - 4, w + 8, h * 0.15 + 4, fill(ink))
    default:
      return ''
  }
}
