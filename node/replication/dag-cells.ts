/** Number of cells that a work's progress is shown in; see node/http/contract.ts, Progress.cells. */
export const CELLS = 36

/**
 * Cell i is `1` when all of the chunks floor(i*total/36) up to, not including, max(floor((i+1)*total/36), that + 1) are here.
 * @param here for each place in DAG order that can be told so far, whether its chunk is here; a place beyond is not here
 */
export function cellsOf(total: number, here: Iterable<boolean>): string {
  // Gaps before each place, so that a cell is one subtraction however many chunks there are.
  const gapsBefore = [0]
  let gaps = 0
  for (const chunk of here) {
    if (!chunk) gaps += 1
    gapsBefore.push(gaps)
  }
  let cells = ''
  for (let i = 0; i < CELLS; i++) {
    const from = Math.floor((i * total) / CELLS)
    const to = Math.max(Math.floor(((i + 1) * total) / CELLS), from + 1)
    const until = gapsBefore[to]
    cells += until !== undefined && until === gapsBefore[from] ? '1' : '0'
  }
  return cells
}
