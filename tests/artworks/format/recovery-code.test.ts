import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { beforeAll, expect, test } from 'vitest'
import {
  checkRecoveryCode,
  readRecoveryCode,
  writeRecoveryCode,
} from '../../../artworks/format/recovery-code.ts'

const PASSPHRASE = 'vier losse woorden'
const key = await generateKeyPairFromSeed('Ed25519', new Uint8Array(32).fill(7))
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
let lines: string[]
beforeAll(async () => {
  lines = await writeRecoveryCode(key, PASSPHRASE, { random })
})

test('gives the key back, however it is typed', async () => {
  expect(lines).toHaveLength(4)
  for (const line of lines) expect(line).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{4}$/)
  const typed = lines.join('').toLowerCase().replaceAll(' ', '-').replaceAll('0', 'o').replaceAll('1', 'l')
  expect((await readRecoveryCode(typed, PASSPHRASE)).raw).toEqual(key.raw)
})

test('names the line with a mistake, for every single letter that may be wrong', () => {
  for (const [i, line] of lines.entries()) {
    for (let at = 0; at < line.length; at += 1) {
      if (line[at] === ' ') continue
      const other = line[at] === '7' ? '8' : '7'
      const wrong = lines.with(i, line.slice(0, at) + other + line.slice(at + 1)).join('\n')
      const checked = checkRecoveryCode(wrong)
      // Two check letters miss one mistake in a thousand; then the seal does not open.
      if (!checked.ok) expect(checked).toEqual({ ok: false, line: i + 1, isShort: false })
    }
  }
  expect(checkRecoveryCode(lines.slice(0, 3).join(' '))).toEqual({ ok: false, line: 4, isShort: true })
  expect(checkRecoveryCode(`${lines.join('')}AA`)).toEqual({ ok: false, line: 4, isShort: false })
})

test('is of no use without the passphrase', async () => {
  await expect(readRecoveryCode(lines.join(), 'vier andere woorden')).rejects.toMatchObject({
    code: 'bad-key-file',
  })
  await expect(readRecoveryCode(lines.join(' '), 'vier andere woorden')).rejects.toMatchObject({
    code: 'wrong-passphrase',
  })
})
