/** How long something may take at most on a machine that is emulated and shares its processors: not a measure of speed. */
export const patience = Object.freeze({
  bootMs: 8 * 60_000,
  radioMs: 2 * 60_000,
  meshMs: 3 * 60_000,
  workMs: 5 * 60_000,
})
