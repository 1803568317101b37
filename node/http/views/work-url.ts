/** The absolute path a file of a work is served at. */
export function workUrl(root: string, path: string): string {
  return `/works/${root}/${path.split('/').map(encodeURIComponent).join('/')}`
}
