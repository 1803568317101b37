type Stop = () => void | Promise<void>

/** What was started, stopped in reverse. Every stop is tried, also when one before it fails. */
export class ServiceStack {
  #stops: Stop[] = []

  onStop(stop: Stop): void {
    this.#stops.push(stop)
  }

  /** Idempotent. @throws {AggregateError} when some could not be stopped */
  async stop(): Promise<void> {
    const stops = this.#stops.toReversed()
    this.#stops = []
    const failures: unknown[] = []
    for (const stop of stops) {
      try {
        await stop()
      } catch (err) {
        failures.push(err)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some parts of the node did not stop cleanly')
  }
}
