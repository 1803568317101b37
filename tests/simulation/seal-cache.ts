import type { PrivateKey } from '@libp2p/interface'
import { openRecord, sealRecord } from '../../artworks/format/envelope.ts'
import { openIntake, sealIntake } from '../../artworks/format/intake.ts'
import type { Intake } from '../../artworks/format/intake.ts'
import type { OpenedRecord, RecordBody } from '../../artworks/format/records.ts'

/**
 * Opens each sealed record and intake once, by the real code: a hundred simulated nodes would check the same signature a hundred
 * times. What does not open fails again each time.
 */
export class SealCache {
  readonly #records = new Map<string, OpenedRecord>()
  readonly #intakes = new Map<string, Intake>()

  readonly openRecord = async (bytes: Uint8Array): Promise<OpenedRecord> => {
    const key = keyOf(bytes)
    const known = this.#records.get(key)
    if (known !== undefined) return known
    const opened = await openRecord(bytes)
    this.#records.set(key, opened)
    return opened
  }

  readonly openIntake = async (bytes: Uint8Array): Promise<Intake> => {
    const key = keyOf(bytes)
    const known = this.#intakes.get(key)
    if (known !== undefined) return known
    const opened = await openIntake(bytes)
    this.#intakes.set(key, opened)
    return opened
  }

  async seal(body: RecordBody, key: PrivateKey): Promise<OpenedRecord> {
    const { bytes } = await sealRecord(body, key)
    return this.openRecord(bytes)
  }

  sealIntake(cid: string, key: PrivateKey): Promise<Uint8Array> {
    return sealIntake(cid, key)
  }
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
