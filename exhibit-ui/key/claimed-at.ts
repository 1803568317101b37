/** A moment by the signer's own device, as records have it: a claim, which decides nothing. */
export function claimedAt(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`
}
