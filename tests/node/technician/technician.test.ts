import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { describe, expect, it } from 'vitest'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { MeshState } from '../../../node/store/mesh-state.ts'
import { OrderBook } from '../../../node/technician/order-book.ts'
import { Technician } from '../../../node/technician/technician.ts'
import type { TechnicianDependencies } from '../../../node/technician/technician.ts'
import { actionSaid } from '../../../node/wire/action-said.ts'

const seeded = (byte: number) => generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(byte))
const [key, other] = [await seeded(1), await seeded(2)]
const [here, there] = [didFromPublicKey(key.publicKey), didFromPublicKey(other.publicKey)]
const [BEFORE, NOW] = ['00112233aabbccdd', 'ffeeddccbbaa9988']

/** A node that has started again, and hears orders for the run that it is in. */
function setUp(onRefused: (heard: (boot: string) => void) => void) {
  const mesh = new MeshState()
  const heard = (boot: string): void => {
    mesh.peer(there, 0).boot = boot
  }
  heard(BEFORE)
  const technician = new Technician({
    self: here,
    orders: new OrderBook({ did: here, exhibition: here, boot: () => '' }, here),
    mesh,
    watch: { note: () => {} },
    holdsKey: false,
    login: {} as TechnicianDependencies['login'],
    runner: {} as TechnicianDependencies['runner'],
  })
  const atNode = new OrderBook({ did: there, exhibition: here, boot: () => NOW }, here)
  const carried: string[] = []
  technician.useCarrier({
    carry: async (sealed) => {
      const { refusal } = await atNode.judge(sealed, here)
      carried.push(String(refusal))
      if (refusal === null) return { done: true, detail: actionSaid('marked') }
      onRefused(heard)
      return { done: false, detail: actionSaid('other-run') }
    },
  })
  const ask = () => technician.ask({ csrf: '', key }, there, 'gc', {})
  return { ask, carried }
}

describe('an order for a node that has started again', () => {
  it('is given to the new run, once that is heard', async () => {
    const { ask, carried } = setUp((heard) => setTimeout(() => heard(NOW), 50))
    expect(await ask()).toMatchObject({ done: true })
    expect(carried).toEqual(['other-run', 'null'])
  })

  it('is given no third time', async () => {
    const { ask, carried } = setUp((heard) => heard('0000000000000000'))
    expect(await ask()).toEqual({ done: false, detail: actionSaid('other-run') })
    expect(carried).toEqual(['other-run', 'other-run'])
  })
})
