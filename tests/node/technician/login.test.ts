import { describe, expect, it } from 'vitest'
import { Login, loginLimits } from '../../../node/technician/login.ts'
import {
  hashPassphrase,
  openPassphrase,
  parsePassphraseHash,
} from '../../../node/technician/passphrase-hash.ts'
import { hashOf, PASSPHRASE } from './passphrase.ts'

describe('the hash of a passphrase', () => {
  it('is one line, opens with the passphrase and with no other, and does not hold it', async () => {
    const line = await hashPassphrase(PASSPHRASE)
    expect(line).toMatch(/^scrypt:32768:8:1:[\w-]{22}:did:key:z6Mk\w+$/)
    expect(line).not.toContain(PASSPHRASE)
    const hash = parsePassphraseHash(line)
    expect(hash).not.toBeNull()
    if (hash === null) return
    expect(await openPassphrase(hash, PASSPHRASE)).not.toBeNull()
    expect(await openPassphrase(hash, `${PASSPHRASE} `)).toBeNull()
  })

  it('is another for each salt', async () => {
    expect(await hashPassphrase(PASSPHRASE)).not.toBe(await hashPassphrase(PASSPHRASE))
  })

  it.each([
    PASSPHRASE,
    '',
    'scrypt:1024:8:1:AAAAAAAAAAAAAAAAAAAAAA:did:key:z6MkqYdydVn2DVJuxNQZpe63B4EDGyXE6BjyXqL6A8hW3juZ',
    'scrypt:1048576:8:1:AAAAAAAAAAAAAAAAAAAAAA:did:key:z6MkqYdydVn2DVJuxNQZpe63B4EDGyXE6BjyXqL6A8hW3juZ',
    'scrypt:32768:8:1:AAAAAAAAAAAAAAAAAAAAAA:did:key:nobody',
  ])('is not read from %j', (line) => {
    expect(parsePassphraseHash(line)).toBeNull()
  })
})

describe('logging in', () => {
  it('gives a session that ends by idling, by age, and by logging out', async () => {
    let nowMs = 0
    const login = new Login(await hashOf(), () => nowMs)
    const enter = async (): Promise<string> => {
      const outcome = await login.logIn(PASSPHRASE)
      if (outcome.outcome !== 'in') throw new Error(outcome.outcome)
      return outcome.token
    }
    const first = await enter()
    expect(login.session(first)).not.toBeNull()
    expect(login.session(`${first.slice(0, -1)}x`)).toBeNull()
    nowMs += loginLimits.idleMs + 1
    expect(login.session(first)).toBeNull()
    const looking = await enter()
    for (let idleMs = 0; idleMs < loginLimits.idleMs; idleMs += loginLimits.idleMs / 4) {
      expect(login.session(looking, 'look')).not.toBeNull()
      nowMs += loginLimits.idleMs / 4
    }
    nowMs += 1
    expect(login.session(looking, 'look')).toBeNull()
    const second = await enter()
    for (let used = 0; used <= loginLimits.wholeMs; used += loginLimits.idleMs) {
      expect(login.session(second)).not.toBeNull()
      nowMs += loginLimits.idleMs
    }
    expect(login.session(second)).toBeNull()
    const third = await enter()
    login.logOut(third)
    expect(login.session(third)).toBeNull()
  })

  it('makes who guesses wait longer each time, and does not look at what is tried meanwhile', async () => {
    let nowMs = 0
    const login = new Login(await hashOf(), () => nowMs)
    const waits: number[] = []
    for (let i = 0; i < 8; i += 1) {
      expect(await login.logIn('mis')).toEqual({ outcome: 'wrong' })
      const next = await login.logIn(PASSPHRASE)
      if (next.outcome !== 'wait') throw new Error(next.outcome)
      waits.push(next.seconds)
      nowMs += next.seconds * 1000
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    expect(await login.logIn(PASSPHRASE)).toMatchObject({ outcome: 'in' })
  })

  it('is off where no passphrase is set', async () => {
    expect(await new Login(null, () => 0).logIn(PASSPHRASE)).toEqual({ outcome: 'unset' })
  })

  it('keeps a bounded number of sessions: the one that was used longest ago goes', async () => {
    let nowMs = 0
    const login = new Login(await hashOf(), () => nowMs)
    const tokens: string[] = []
    for (let i = 0; i <= loginLimits.sessions; i += 1) {
      nowMs += 1
      const outcome = await login.logIn(PASSPHRASE)
      if (outcome.outcome === 'in') tokens.push(outcome.token)
    }
    expect(login.session(tokens[0])).toBeNull()
    expect(login.session(tokens[1])).not.toBeNull()
  })
})
