/** Eyes, nose, mouth and what else a face may wear. */
import { inks } from './features.ts'
import type { Face, Ink } from './features.ts'
import { disc, fill, line, n, path, rect } from './pen.ts'

export function eye(face: Face, x: number, y: number, size: number, ink: Ink, side: number): string {
  const r = size
  switch (face.eyes) {
    case 'dot':
      return disc(x, y, r * 0.72, fill(ink))
    case 'half':
      return path(`M${n(x - r)} ${n(y)}H${n(x + r)}A${n(r)} ${n(r)} 0 0 1 ${n(x - r)} ${n(y)}Z`, fill(ink))
    case 'ring':
      return disc(x, y, r * 0.85, line(ink, r * 0.55))
    case 'almond':
      return (
        path(
          `M${n(x - r * 1.3)} ${n(y)}Q${n(x)} ${n(y - r * 1.6)} ${n(x + r * 1.3)} ${n(y)}Q${n(x)} ${n(y + r * 1.6)} ${n(x - r * 1.3)} ${n(y)}Z`,
          line(ink, 1.8),
        ) + disc(x, y, r * 0.45, fill(ink))
      )
    case 'triangle':
      return path(
        `M${n(x - r)} ${n(y + r * 0.7)}H${n(x + r)}L${n(x + r * side * 0.6)} ${n(y - r)}Z`,
        fill(ink),
      )
    case 'wide':
      return (
        disc(
          x,
          y,
          r * 1.2,
          `${fill(ink === 'ink' ? 'paper' : 'ink')} stroke="${inks[ink]}" stroke-width="1.6"`,
        ) + disc(x + side * r * 0.2, y, r * 0.55, fill(ink))
      )
    case 'closed':
      return path(
        `M${n(x - r * 1.1)} ${n(y)}A${n(r * 1.1)} ${n(r * 1.1)} 0 0 0 ${n(x + r * 1.1)} ${n(y)}`,
        line(ink, 2.2),
      )
  }
}

export function nose(face: Face, x: number, y: number, length: number, ink: Ink): string {
  switch (face.nose) {
    case 'line':
      return path(`M${n(x)} ${n(y)}V${n(y + length)}`, line(ink, 2.6))
    case 'triangle':
      return path(
        `M${n(x)} ${n(y)}L${n(x + length * 0.42)} ${n(y + length)}H${n(x - length * 0.42)}Z`,
        fill(ink),
      )
    case 'corner':
      return path(`M${n(x)} ${n(y)}V${n(y + length)}H${n(x + length * 0.55)}`, line(ink, 2.4))
    case 'quarter':
      return path(
        `M${n(x)} ${n(y + length)}V${n(y + length * 0.25)}A${n(length * 0.75)} ${n(length * 0.75)} 0 0 1 ${n(x + length * 0.75)} ${n(y + length)}Z`,
        fill(ink),
      )
    case 'dots':
      return disc(x - 3, y + length, 1.5, fill(ink)) + disc(x + 3, y + length, 1.5, fill(ink))
    case 'none':
      return ''
  }
}

export function mouth(face: Face, x: number, y: number, width: number, ink: Ink, second: Ink): string {
  const r = width / 2
  switch (face.mouth) {
    case 'line':
      return path(`M${n(x - r)} ${n(y)}H${n(x + r)}`, line(ink, 2.8))
    case 'smile':
      return path(
        `M${n(x - r)} ${n(y - r * 0.4)}H${n(x + r)}A${n(r)} ${n(r)} 0 0 1 ${n(x - r)} ${n(y - r * 0.4)}Z`,
        fill(ink),
      )
    case 'round':
      return disc(x, y, r * 0.5, fill(ink))
    case 'lips':
      return path(
        `M${n(x - r)} ${n(y)}L${n(x - r * 0.4)} ${n(y - r * 0.45)}L${n(x)} ${n(y - r * 0.2)}L${n(x + r * 0.4)} ${n(y - r * 0.45)}L${n(x + r)} ${n(y)}A${n(r * 1.1)} ${n(r * 0.8)} 0 0 1 ${n(x - r)} ${n(y)}Z`,
        fill(second),
      )
    case 'zigzag':
      return path(
        `M${n(x - r)} ${n(y + 2)}l${n(r / 2)} -4l${n(r / 2)} 4l${n(r / 2)} -4l${n(r / 2)} 4`,
        line(ink, 2.2),
      )
    case 'frown':
      return path(
        `M${n(x - r)} ${n(y + r * 0.4)}A${n(r * 1.1)} ${n(r * 1.1)} 0 0 1 ${n(x + r)} ${n(y + r * 0.4)}`,
        line(ink, 2.6),
      )
    case 'corner':
      return path(`M${n(x - r)} ${n(y)}H${n(x + r)}V${n(y - r * 0.5)}`, line(ink, 2.4))
  }
}

export function extra(
  face: Face,
  ink: Ink,
  second: Ink,
  m: { x: number; top: number; w: number; h: number; eyeY: number; gap: number; mouthY: number },
): string {
  const middle = m.x + m.w / 2
  switch (face.extra) {
    case 'glasses':
      return (
        disc(middle - m.gap, m.eyeY, 9.5, line(ink, 2)) +
        disc(middle + m.gap, m.eyeY, 9.5, line(ink, 2)) +
        path(`M${n(middle - m.gap + 9.5)} ${n(m.eyeY)}H${n(middle + m.gap - 9.5)}`, line(ink, 2))
      )
    case 'earrings':
      return (
        disc(m.x - 2, m.top + m.h * 0.68, 4.2, fill(second)) +
        disc(m.x + m.w + 2, m.top + m.h * 0.68, 4.2, fill(second))
      )
    case 'hat':
      return (
        rect(m.x - 9, m.top + m.h * 0.12, m.w + 18, 4.6, fill(second)) +
        rect(m.x + 3, m.top - 11, m.w - 6, m.h * 0.12 + 12, fill(second))
      )
    case 'beard':
      return path(
        `M${n(m.x + 1)} ${n(m.mouthY - 3)}H${n(middle - 10)}V${n(m.mouthY + 4)}H${n(middle + 10)}V${n(m.mouthY - 3)}H${n(m.x + m.w - 1)}V${n(m.mouthY + 4)}A${n(m.w / 2)} ${n(m.w / 2.4)} 0 0 1 ${n(m.x + 1)} ${n(m.mouthY + 4)}Z`,
        fill(second),
      )
    case 'cheeks':
      return (
        disc(middle - m.gap * 1.15, m.eyeY + 12, 4.6, fill(second)) +
        disc(middle + m.gap * 1.15, m.eyeY + 12, 4.6, fill(second))
      )
    case 'moustache':
      return path(
        `M${n(middle)} ${n(m.mouthY - 6)}A7 7 0 0 1 ${n(middle - 14)} ${n(m.mouthY - 3)}H${n(middle + 14)}A7 7 0 0 1 ${n(middle)} ${n(m.mouthY - 6)}Z`,
        fill(ink),
      )
    case 'patch':
      return (
        disc(middle + m.gap, m.eyeY, 7.6, fill(ink)) +
        path(`M${n(m.x)} ${n(m.top + 12)}L${n(m.x + m.w)} ${n(m.eyeY + 4)}`, line(ink, 1.8))
      )
    case 'none':
      return ''
  }
}
