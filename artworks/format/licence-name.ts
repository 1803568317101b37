/** `cc-by-sa-4.0` and its kin as people write them; other SPDX identifiers stay as they are. */
export function licenceName(spdx: string): string {
  const match = /^CC-(BY(?:-(?:NC|ND|SA))*)-(\d\.\d)$/i.exec(spdx)
  if (match !== null) return `CC ${(match[1] ?? '').toUpperCase()} ${match[2] ?? ''}`
  return /^CC0-1\.0$/i.test(spdx) ? 'CC0 1.0' : spdx
}
