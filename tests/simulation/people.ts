import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Person } from './world.ts'

const known = new Map<string, Person>()

/** The same person each time: keys are made of the name. */
export async function person(role: string, number = 0): Promise<Person> {
  const name = `${role}/${number}`
  const made = known.get(name)
  if (made !== undefined) return made
  const seed = new Uint8Array(32)
  seed.set(new TextEncoder().encode(name))
  const key = await generateKeyPairFromSeed('Ed25519', seed)
  const one = { key, did: didFromPublicKey(key.publicKey) }
  known.set(name, one)
  return one
}
