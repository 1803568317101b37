/** A page in the background has no frames to wait for. */
const frameLimitMs = 150

/** When the browser has drawn what is there by now. */
export function afterFrame(then: () => void): void {
  let begun = false
  const begin = (): void => {
    clearTimeout(limit)
    if (begun) return
    begun = true
    then()
  }
  const limit = setTimeout(begin, frameLimitMs)
  requestAnimationFrame(() => setTimeout(begin))
}
