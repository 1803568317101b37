/**
 * How many letters the widest line of a large title has when it is set as large as reads well: its longest word, or more
 * where short words fit on a line together. Titles are then as large as their line is wide, and never broken in a word.
 */
export function lettersAcross(title: string): number {
  const words = title.trim().split(/\s+/)
  const longest = Math.max(1, ...words.map((word) => word.length))
  const lines = Math.max(1, Math.round(Math.sqrt(title.length / 6)))
  return Math.max(6, longest, widest(words, lines))
}

/** Width of the widest line when words are filled into about so many lines. */
function widest(words: readonly string[], lines: number): number {
  const total = words.join(' ').length
  for (let width = Math.ceil(total / lines); width < total; width += 1) {
    if (linesAt(words, width) <= lines) return width
  }
  return total
}

function linesAt(words: readonly string[], width: number): number {
  let lines = 1
  let used = 0
  for (const word of words) {
    const next = used === 0 ? word.length : used + 1 + word.length
    if (next > width && used > 0) {
      lines += 1
      used = word.length
    } else used = next
  }
  return lines
}
