/** A file of one node, as it lies on the node. Pure data: nothing is written here. */
export interface RenderedFile {
  /** Absolute, on the node. */
  readonly path: string
  readonly content: string | Uint8Array
  readonly mode: number
  /** Holds a secret: mode 0600, never shown, never hashed. */
  readonly secret: boolean
  /** `card` is only for a card of our own making, not for a system that was there before. */
  readonly scope: 'system' | 'card'
}

/** A symbolic link; to /dev/null it takes a unit away (masks it). */
export interface RenderedLink {
  readonly path: string
  readonly link: string
  readonly scope: 'system' | 'card'
}

export type Rendered = RenderedFile | RenderedLink

export function file(
  path: string,
  content: string,
  options: Partial<Pick<RenderedFile, 'mode' | 'scope'>> = {},
): RenderedFile {
  return { path, content, mode: 0o644, secret: false, scope: 'system', ...options }
}

export function secretFile(path: string, content: string | Uint8Array): RenderedFile {
  return { path, content, mode: 0o600, secret: true, scope: 'system' }
}

export function link(path: string, target: string, scope: RenderedLink['scope'] = 'system'): RenderedLink {
  return { path, link: target, scope }
}

/** Starts with the machine, without `systemctl enable`, which a card that is being made has not got. */
export function wanted(unit: string, by = 'multi-user.target'): RenderedLink {
  return link(`/etc/systemd/system/${by}.wants/${unit}`, `/etc/systemd/system/${unit}`)
}
