export const trafficKinds = [
  'chunk',
  'have',
  'want',
  'gone',
  'sync',
  'record',
  'status',
  'membership',
] as const
export type TrafficKind = (typeof trafficKinds)[number]

/** Bytes sent by honest nodes, as the real codecs wrote them, without the framing of streams. */
export class Traffic {
  readonly #bytes = new Map<TrafficKind, number>()
  readonly #messages = new Map<TrafficKind, number>()

  count(kind: TrafficKind, bytes: number): void {
    this.#bytes.set(kind, this.bytes(kind) + bytes)
    this.#messages.set(kind, this.messages(kind) + 1)
  }

  bytes(kind: TrafficKind): number {
    return this.#bytes.get(kind) ?? 0
  }

  messages(kind: TrafficKind): number {
    return this.#messages.get(kind) ?? 0
  }
}
