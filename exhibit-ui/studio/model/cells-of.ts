/** The seal takes form as the parts arrive, in the order they go: as far as it is, in thirty-sixths. */
export function cellsOf(have: number, total: number): string {
  const cells = total === 0 ? 0 : Math.floor((36 * have) / total)
  return '1'.repeat(cells).padEnd(36, '0')
}
