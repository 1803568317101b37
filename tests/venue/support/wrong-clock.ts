/** Loaded before a node: its clock shows MESH_ART_TEST_YEAR, and runs on from there. */
const offsetMs = Date.UTC(Number(process.env['MESH_ART_TEST_YEAR'] ?? '1970'), 0, 2) - Date.now()
const RealDate = Date

class WrongDate extends RealDate {
  constructor(...given: []) {
    if (given.length === 0) super(RealDate.now() + offsetMs)
    else super(...given)
  }

  static override now(): number {
    return RealDate.now() + offsetMs
  }
}

globalThis.Date = WrongDate as DateConstructor
