/** Licences that let anyone copy and pass on what they cover, by the beginnings of their SPDX identifiers. */
const sharable =
  /^(?:CC0|CC-BY|CC-PDDC|PDDL|Unlicense|0BSD|BSD|MIT|ISC|Apache|MPL|EUPL|A?GPL|LGPL|OFL|LAL|GFDL|ODbL|ODC-By|CERN-OHL)(?:-|$)/i

/** Whether a visitor may take a work along. In an expression with AND every part must allow it, with OR one will do. */
export function maySpread(spdx: string): boolean {
  const text = spdx.replaceAll(/[()]/g, ' ').trim()
  return text
    .split(/\s+OR\s+/)
    .some((side) => side.split(/\s+AND\s+/).every((part) => sharable.test(part.trim())))
}
