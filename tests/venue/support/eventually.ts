/**
 * Waits for something in other processes to come true: asks again and again until it does. The limit is for what never
 * comes true, not a measure of speed.
 * @throws the last failure when it does not within the limit
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  limitMs = 45_000,
  pauseMs = 200,
): Promise<T> {
  const until = performance.now() + limitMs
  for (;;) {
    try {
      return await ask()
    } catch (cause) {
      if (performance.now() > until) throw new Error(`never: ${what}`, { cause })
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
