/** An image that could not be made; the message says what to do about it. */
export class ImageError extends Error {
  readonly code = 'IMAGE'
}
