/** Bounds on what one venue.yaml may describe. A value beyond a bound is refused, never cut. */
export const venueLimits = Object.freeze({
  fileBytes: 256 * 1024,
  /** One /24 of each node's own inside the hotspot's /16, and one address of the mesh's /24. */
  nodes: 200,
  nodeNumber: 250,
  /** IEEE 802.11, 9.4.2.2: 32 bytes. */
  ssidBytes: 32,
  /** IEEE 802.11, 9.4.2.97: 32 bytes. */
  meshIdBytes: 32,
  /** IEEE 802.11, J.4.1: a passphrase is 8 to 63 printable ASCII characters. */
  passphraseMin: 8,
  passphraseMax: 63,
  /** What any radio of this kind has been seen to carry. */
  clients: 120,
  /** Addresses of a node: x.y.N.10 to x.y.N.249. */
  leases: 240,
  sshKeys: 16,
  nameLength: 120,
  labelLength: 63,
  reserveMiB: 1024 * 1024,
})
