/** A part of a disc around the origin, from twelve o'clock on: 0 nothing, 1 all of it. */
export function sharePath(share: number, radius: number): string {
  if (!(share > 0)) return ''
  if (share >= 1)
    return `M0 ${-radius}A${radius} ${radius} 0 1 1 0 ${radius}A${radius} ${radius} 0 1 1 0 ${-radius}Z`
  const angle = share * 2 * Math.PI
  const x = round(Math.sin(angle) * radius)
  const y = round(-Math.cos(angle) * radius)
  return `M0 0V${-radius}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}Z`
}

const round = (value: number): number => Math.round(value * 100) / 100
