/** Frames both ways, with backpressure: over a libp2p stream (framed-stream.ts) or a plain socket (frame-socket.ts). */
export interface FrameChannel {
  /** The next frame, or null when the other side has said all. @throws {WireError} for a frame too long or cut off */
  read(): Promise<Uint8Array | null>
  /** Sends one frame made of the parts, after those before it; resolves when the next may be sent. */
  write(...parts: Uint8Array[]): Promise<void>
  abort(reason: Error): void
}
