/** How long something may take at most on a machine that is emulated and shares its processors: not a measure of speed. */
export const patience = Object.freeze({
  bootMs: 20 * 60_000,
  radioMs: 5 * 60_000,
  meshMs: 5 * 60_000,
  workMs: 10 * 60_000,
})
