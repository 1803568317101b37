import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { cidOfBytes, openRecord } from '../../../artworks/format/envelope.ts'
import { migrate, migrations } from '../../../node/store/migrations.ts'
import { SqliteRecordStore } from '../../../node/store/sqlite-record-store.ts'
import { describeRecordStore } from './record-store-compliance.ts'
import { artworkRecord, grantRecord } from './records.ts'
import { temporaryDirectory } from './temporary-directory.ts'

describeRecordStore('SqliteRecordStore', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mesh-art-'))
  return {
    store: await SqliteRecordStore.open(join(dir, 'records.sqlite')),
    remove: async () => rm(dir, { recursive: true, force: true }),
  }
})

async function databasePath(): Promise<string> {
  return join(await temporaryDirectory(), 'records.sqlite')
}

/** Changes the database behind the store's back. */
function tamper(path: string, sql: string, ...values: (string | Uint8Array)[]): void {
  const database = new DatabaseSync(path)
  database.prepare(sql).run(...values)
  database.close()
}

test('opens again what was added, equal to what openRecord gives', async () => {
  const path = await databasePath()
  const records = [await artworkRecord('wave'), await grantRecord('Waag')]
  const first = await SqliteRecordStore.open(path)
  first.addAll(records)
  first.close()
  const second = await SqliteRecordStore.open(path)
  for (const stored of records) {
    expect(second.get(stored.record.cid)?.record).toEqual(await openRecord(stored.record.bytes))
    expect(second.get(stored.record.cid)?.intakeNode).toBe(stored.intakeNode)
  }
  second.close()
})

test('loses no announced record when it is killed', async () => {
  const path = await databasePath()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'add-until-killed.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  for await (const data of child.stdout) {
    text += String(data)
    if (text.split('\n').length > 50) child.kill('SIGKILL')
  }
  const store = await SqliteRecordStore.open(path)
  const announced = text.split('\n').slice(0, -1)
  expect(announced.length).toBeGreaterThan(49)
  expect(announced.filter((cid) => !store.has(cid))).toEqual([])
  store.close()
})

describe('a database from elsewhere', () => {
  test('a newer one is refused with a clear line', async () => {
    const path = await databasePath()
    ;(await SqliteRecordStore.open(path)).close()
    tamper(path, `PRAGMA user_version = ${migrations.length + 1}`)
    const opened = SqliteRecordStore.open(path)
    await expect(opened).rejects.toMatchObject({ code: 'database-newer' })
    await expect(opened).rejects.toThrow(
      `newer mesh-art (database version ${migrations.length + 1}, this one knows ${migrations.length})`,
    )
  })

  test('an older one is brought up step by step, and a step that fails leaves nothing', async () => {
    const database = new DatabaseSync(':memory:')
    const versionOf = (): unknown => database.prepare('PRAGMA user_version').get()?.['user_version']
    migrate(database, 'db', ['CREATE TABLE a (x)'])
    expect(versionOf()).toBe(1)
    const broken = ['unused', 'CREATE TABLE b (x)', 'CREATE TABLE c (x); nonsense']
    expect(() => migrate(database, 'db', broken)).toThrow(/syntax/)
    expect(versionOf()).toBe(2)
    const tables = database.prepare('SELECT name FROM sqlite_schema ORDER BY name').all()
    expect(tables.map(({ name }) => name)).toEqual(['a', 'b'])
    database.close()
  })

  test('something that is no database is damaged, and the line says what to do', async () => {
    const path = await databasePath()
    await writeFile(path, 'no database at all, but long enough to look at'.repeat(100))
    const opened = SqliteRecordStore.open(path)
    await expect(opened).rejects.toMatchObject({ code: 'database-damaged' })
    await expect(opened).rejects.toThrow(/move it .* away.*come back from neighbours/)
  })

  test('one with torn pages is damaged', async () => {
    const path = await databasePath()
    const store = await SqliteRecordStore.open(path)
    store.addAll(await Promise.all(Array.from({ length: 50 }, async (_, i) => artworkRecord(`work-${i}`))))
    store.close()
    const bytes = await readFile(path)
    bytes.fill(0xaa, 4096, 4096 * 6)
    await writeFile(path, bytes)
    await expect(SqliteRecordStore.open(path)).rejects.toMatchObject({ code: 'database-damaged' })
  })

  test('one in a directory that is not there cannot be opened', async () => {
    const path = join(await temporaryDirectory(), 'absent', 'records.sqlite')
    await expect(SqliteRecordStore.open(path)).rejects.toMatchObject({ code: 'disk-unwritable' })
  })
})

describe('a flipped bit', () => {
  test.each(['envelope', 'intake', 'intake_sum'])(
    'in %s: the record is never given out, and can be added anew',
    async (column) => {
      const path = await databasePath()
      const [damaged, whole] = [await artworkRecord('damaged'), await artworkRecord('whole')]
      const first = await SqliteRecordStore.open(path)
      first.addAll([damaged, whole])
      first.close()
      const blob = Uint8Array.from(column === 'envelope' ? damaged.record.bytes : (damaged.intake ?? []))
      blob[20] = (blob[20] ?? 0) ^ 1
      tamper(path, `UPDATE records SET ${column} = ? WHERE cid = ?`, blob, damaged.record.cid)
      const store = await SqliteRecordStore.open(path)
      expect(store.list({ limit: 2 }).map(({ record }) => record.cid)).toEqual([whole.record.cid])
      expect(store.get(damaged.record.cid)).toBeUndefined()
      expect(store.size()).toBe(1)
      expect(store.add(damaged)).toBe(true)
      expect(store.get(damaged.record.cid)).toEqual(damaged)
      store.close()
    },
  )
})

test('keeps an intact record that it does not understand, and does not show it', async () => {
  const path = await databasePath()
  const store = await SqliteRecordStore.open(path)
  const { record, intake, intakeNode } = await artworkRecord('wave')
  const bytes = new TextEncoder().encode('written by another version')
  store.add({ record: { ...record, bytes, cid: cidOfBytes(bytes).toString() }, intake, intakeNode })
  store.close()
  const again = await SqliteRecordStore.open(path)
  expect([...again.all()]).toEqual([])
  expect(again.size()).toBe(1)
  again.close()
})

test('a store that was closed can be closed again', async () => {
  const store = await SqliteRecordStore.open(await databasePath())
  store.close()
  expect(() => store.close()).not.toThrow()
})
