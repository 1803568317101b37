/** Draws one face in a square of side 100, as SVG. */
import { against } from './features.ts'
import type { Face, Ink } from './features.ts'
import { hairBehind, hairInFront, headPath } from './head.ts'
import { extra, eye, mouth, nose } from './parts.ts'
import { dots, fill, line, n, path, rect, stripes } from './pen.ts'

function backdrop(face: Face, ground: Ink, second: Ink): string {
  const base = rect(0, 0, 100, 100, fill(ground))
  switch (face.back) {
    case 'stripes':
      return base + stripes(second, 12.5, 0)
    case 'dots':
      return base + dots(second, 12.5, 2.4)
    case 'split':
      return base + path('M0 0H100L0 100Z', fill(second))
    case 'sunrise':
      return base + path('M0 62A50 50 0 0 1 100 62Z', fill(second))
    case 'plain':
      return base
  }
}

function clothing(face: Face, ink: Ink, second: Ink, outline: string, id: string): string {
  const cut = (inner: string): string => `<g clip-path="url(#c${id})">${inner}</g>`
  const base = `<clipPath id="c${id}"><path d="${outline}"/></clipPath>${path(outline, fill(ink))}`
  switch (face.cloth) {
    case 'stripes':
      return base + cut(stripes(second, 7, 0))
    case 'dots':
      return base + cut(dots(second, 8, 1.8))
    case 'chevron':
      return base + cut(path('M10 78L50 98L90 78M10 88L50 108L90 88M10 98L50 118L90 98', line(second, 3.4)))
    case 'check':
      return (
        base +
        cut(
          stripes(second, 10, 0) +
            path('M12 70V100M24 70V100M36 70V100M48 70V100M60 70V100M72 70V100M84 70V100', line(second, 2)),
        )
      )
    case 'collar':
      return base + cut(path('M50 98L34 74H66Z', fill(second)))
    case 'plain':
      return base
  }
}

/** `id` must be unique in the drawing; the colour plate of the head is printed `shift` out of register. */
export function portrait(face: Face, id: string, shift: number): string {
  const ground = face.ground
  const murky = ground === 'ink' && ['blue', 'green', 'magenta'].includes(face.skin)
  const skin: Ink = face.skin !== ground && !murky ? face.skin : ground === 'sun' ? 'paper' : 'sun'
  const hairInk = against(face.hairInk, skin, ground)
  const clothInk = against(face.clothInk, ground)
  const pale: readonly Ink[] = ['paper', 'sun', 'red']
  const feature: Ink = pale.includes(skin) ? 'ink' : 'paper'
  const accent: Ink =
    skin === 'red'
      ? 'sun'
      : skin === 'sun'
        ? 'red'
        : pale.includes(skin)
          ? ground === 'paper'
            ? 'red'
            : ground === 'ink'
              ? 'red'
              : ground
          : 'sun'
  const second: Ink =
    ground === 'paper'
      ? 'sun'
      : ground === 'ink'
        ? 'magenta'
        : ground === 'sun'
          ? 'paper'
          : ground === 'red'
            ? 'sun'
            : ground === 'blue'
              ? 'ink'
              : 'ink'
  const w = face.width * 100
  const h = face.height * 100
  const x = 50 - w / 2
  const top = 17
  const eyeY = top + h * face.eyeHeight
  const gap = w * face.eyeGap
  const mouthY = top + h * face.mouthHeight
  const size = face.eyeSize * 100 * (w / 54)
  const outline = headPath(face, x, top, w, h)
  const s = face.shoulders * 50
  const shouldersTop = Math.min(top + h + 3, 86)
  const shoulders = `M${n(50 - s)} 101V${n(shouldersTop + 12)}A14 12 0 0 1 ${n(50 - s + 14)} ${n(shouldersTop)}H${n(50 + s - 14)}A14 12 0 0 1 ${n(50 + s)} ${n(shouldersTop + 12)}V101Z`
  const shade = against(ground === 'ink' || ground === 'paper' ? 'red' : ground, skin)
  const halves: Record<Face['half'], string> = {
    none: '',
    solid: rect(50, 0, 60, 100, fill(shade)),
    stripes: `<g clip-path="url(#r${id})">${stripes(shade, 5, 0)}</g>`,
    dots: `<g clip-path="url(#r${id})">${dots(shade, 6, 1.7)}</g>`,
    quarter: path(`M50 ${n(mouthY + 20)}V${n(eyeY)}H110V${n(mouthY + 20)}Z`, fill(shade)),
  }
  const clip = `<clipPath id="h${id}"><path d="${outline}"/></clipPath><clipPath id="r${id}"><path d="M50 0H110V100H50Z"/></clipPath>`
  const parts = [
    backdrop(face, ground, second),
    `<g${face.flipped ? ' transform="matrix(-1 0 0 1 100 0)"' : ''}>`,
    hairBehind(face, hairInk, x, top, w, h),
    rect(50 - w * 0.2, top + h - 12, w * 0.4, 26, fill(skin)),
    clothing(face, clothInk, against(accent, clothInk), shoulders, id),
    clip,
    `<g transform="translate(${n(shift)} ${n(shift * 0.6)})">${path(outline, fill(skin))}</g>`,
    `<g clip-path="url(#h${id})">${halves[face.half]}${hairInFront(face, hairInk, x, top, w, h)}</g>`,
    `<g transform="rotate(${n(face.tilt * 0.4)} 50 ${n(eyeY)})">`,
    eye(face, 50 - gap, eyeY, size, feature, 1),
    eye(face, 50 + gap, eyeY, size, feature, -1),
    path(
      `M${n(50 - gap - size)} ${n(eyeY - size * 1.9 - 1 + face.tilt * 0.16)}H${n(50 - gap + size)}M${n(50 + gap - size)} ${n(eyeY - size * 1.9 - 1)}H${n(50 + gap + size)}`,
      line(feature, 2),
    ),
    '</g>',
    nose(face, 50, eyeY + 1, face.noseLength * 100, feature),
    extra(face, feature, accent, { x, top, w, h, eyeY, gap, mouthY }),
    mouth(face, 50, mouthY, face.mouthWidth * 100, feature, accent === skin ? feature : accent),
    '</g>',
  ]
  return parts.join('')
}
