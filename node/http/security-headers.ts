/** On every answer, whatever it is. */
export const commonHeaders: Readonly<Record<string, string>> = Object.freeze({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Cross-Origin-Opener-Policy is left out: browsers ignore it on plain HTTP, and complain of it in their console.
})

/** Powerful features, each denied: neither our pages nor a work has use for them. */
const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const

/** What our own pages use: they show works full screen, play them, and copy addresses. */
const pageFeatures: ReadonlySet<string> = new Set([
  'autoplay',
  'clipboard-write',
  'fullscreen',
  'picture-in-picture',
  'screen-wake-lock',
])

function permissionsPolicy(allowed: ReadonlySet<string> = new Set()): string {
  return deniedFeatures.map((feature) => `${feature}=${allowed.has(feature) ? '(self)' : '()'}`).join(', ')
}

const workPermissions = permissionsPolicy()
const pagePermissions = permissionsPolicy(pageFeatures)

/** For answers that are data, and problems: nothing in them is ever to run or to be framed. */
export const dataHeaders: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': workPermissions,
  'x-frame-options': 'DENY',
})

/**
 * For a page of the user interface. Frames may hold works and nothing else, so that a work that navigates its own frame
 * reaches neither the API nor another host.
 * @param host a checked Host header
 * @param framed folders that a frame may show
 * @param isLocal whether the page shows, as the studio does, files that are on the reader's own device
 */
export function pageHeaders(
  host: string,
  framed: readonly string[] = ['/works/'],
  isLocal = false,
): Record<string, string> {
  const local = isLocal ? ' blob:' : ''
  return {
    'content-security-policy': [
      "default-src 'self'",
      "img-src 'self' data: blob:",
      `media-src 'self'${local}`,
      "style-src 'self'",
      "script-src 'self'",
      `connect-src 'self'${local}`,
      `frame-src ${framed.map((folder) => sourceOf(host, folder)).join(' ')}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': pagePermissions,
    'x-frame-options': 'DENY',
  }
}

/**
 * For a script of the user interface. In a page the page's own policy holds; this one is for the scripts that run as workers.
 * Only these may compile WebAssembly: it takes compressed meshes and images apart. One of them asks the node for anything, the
 * visitor's check; the one that has a key in it, and all others, reach nothing.
 * @param host a checked Host header
 * @param name of the file
 */
export function scriptHeaders(host: string, name: string): Record<string, string> {
  const own = sourceOf(host, '/assets/')
  const asks = /^check-worker-[\w-]+\.js$/.test(name) ? ["connect-src 'self'"] : []
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${own} 'wasm-unsafe-eval'`,
      ...asks,
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
  }
}

/**
 * For a file of a work: untrusted code (design, decision 8). The sandbox gives it an opaque origin; what it loads can come
 * from its own folder only. Inline scripts and eval are its maker's business: they reach no further than its files.
 * @param host a checked Host header
 * @param folder where the work is served, `/works/{root}/`; ends in a slash
 */
export function workHeaders(host: string, folder: string): Record<string, string> {
  const own = sourceOf(host, folder)
  return {
    'content-security-policy': [
      'sandbox allow-scripts',
      "default-src 'none'",
      `script-src ${own} 'unsafe-inline' 'unsafe-eval' blob:`,
      `style-src ${own} 'unsafe-inline'`,
      `img-src ${own} data: blob:`,
      `media-src ${own} data: blob:`,
      `font-src ${own} data: blob:`,
      `worker-src ${own} blob:`,
      `connect-src ${own} data: blob:`,
      "form-action 'none'",
      "frame-ancestors 'self'",
      "base-uri 'none'",
    ].join('; '),
    // A work's document has an opaque origin: to the browser its own files are another site's. They are public anyway.
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'permissions-policy': workPermissions,
    'x-frame-options': 'SAMEORIGIN',
  }
}

/**
 * For the frame in which an artist sees a work of code before it is signed. Stricter than where visitors see it: there is nothing to
 * load, since every file comes from the page around it, so it reaches neither the node nor any other place.
 */
export const previewFrameHeaders: Readonly<Record<string, string>> = Object.freeze({
  'content-security-policy': [
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'unsafe-inline' blob:",
    ...['img-src', 'media-src', 'font-src', 'connect-src'].map((kind) => `${kind} data: blob:`),
    'worker-src blob:',
    "form-action 'none'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': workPermissions,
  'x-frame-options': 'SAMEORIGIN',
})

/** A policy source for `http`, which a browser also takes for `https` on the same host (CSP 3, section 6.7.2.8). */
function sourceOf(host: string, path: string): string {
  return `http://${host}${path}`
}
