import { readdir, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeKeyFile, loadKeyFile, saveKeyFile } from '../../../node/store/key-file.ts'
import { keyOf } from './records.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const PASSPHRASE = 'vier woorden zijn genoeg'

async function ed25519(seed: number): Promise<Parameters<typeof saveKeyFile>[1]> {
  const key = await keyOf(seed)
  if (key.type !== 'Ed25519') throw new Error('an Ed25519 key')
  return key
}

test('a key file is for its owner alone, opens with its passphrase and tells whose it is without', async () => {
  const path = join(await temporaryDirectory(), 'maker.key.json')
  const key = await ed25519(5)
  await saveKeyFile(path, key, PASSPHRASE, { name: 'A. Maker' })
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const opened = await loadKeyFile(path, PASSPHRASE)
  expect(opened.key.equals(key)).toBe(true)
  expect(await describeKeyFile(path)).toEqual({ did: opened.did, name: 'A. Maker' })
})

test('a key file is never written over', async () => {
  const dir = await temporaryDirectory()
  const path = join(dir, 'maker.key.json')
  await saveKeyFile(path, await ed25519(5), PASSPHRASE)
  await expect(saveKeyFile(path, await ed25519(6), PASSPHRASE)).rejects.toThrow(/is there already/)
  expect((await loadKeyFile(path, PASSPHRASE)).key.equals(await keyOf(5))).toBe(true)
  expect(await readdir(dir)).toEqual(['maker.key.json'])
})

test('half a file, an endless one, a directory and none are no key files', async () => {
  const dir = await temporaryDirectory()
  const path = join(dir, 'maker.key.json')
  await saveKeyFile(path, await ed25519(5), PASSPHRASE)
  await truncate(path, 100)
  await writeFile(join(dir, 'long'), ' '.repeat(100_000))
  for (const wrong of [path, join(dir, 'long'), '/dev/zero', dir, join(dir, 'absent')]) {
    await expect(loadKeyFile(wrong, PASSPHRASE)).rejects.toMatchObject({ code: 'bad-key-file' })
  }
})
