import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDid } from '../artworks/format/did-key.ts'
import type { Did } from '../artworks/format/did-key.ts'
import { openRecord } from '../artworks/format/envelope.ts'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { loadOrCreateKey } from './store/node-key.ts'
import { isThere } from './store/is-there.ts'
import { systemCode, writeFileAtomically } from './store/durable-files.ts'

/** What a card brings, so that a node is a member of its exhibition from its first second, without an invite. */
export const provisionNames = Object.freeze({
  key: 'node.key',
  exhibition: 'exhibition.record',
  grant: 'grant.record',
})

export class ProvisionError extends Error {
  override readonly name = 'ProvisionError'
}

/**
 * The node's key: the one in its data directory, else the one its card brings, else a new one.
 * @throws {ProvisionError} @throws {KeyFileError} @throws {StoreError}
 */
export async function loadNodeKey(
  path: string,
  provisionDir: string | undefined,
): Promise<Ed25519PrivateKey> {
  if (provisionDir !== undefined && !(await isThere(path))) {
    await writeFileAtomically(path, await read(provisionDir, provisionNames.key), { mode: 0o600 })
  }
  return loadOrCreateKey(path)
}

/**
 * Which exhibition the card is for, and its first records: what it is, and the grant of `node`.
 * @throws {ProvisionError} when they do not belong together, or to this node
 */
export async function readProvision(
  dir: string,
  node: Did,
): Promise<{ id: Did; firstRecords: Uint8Array[] }> {
  const firstRecords = [await read(dir, provisionNames.exhibition), await read(dir, provisionNames.grant)]
  const [exhibition, grant] = await Promise.all(firstRecords.map((bytes) => openRecord(bytes))).catch(
    (cause: unknown) => {
      throw new ProvisionError(`${dir} holds a damaged record: render the card's files anew`, { cause })
    },
  )
  if (exhibition?.body?.kind !== 'exhibition' || grant?.body?.kind !== 'node-grant') {
    throw new ProvisionError(`${dir} holds no exhibition and grant: render the card's files anew`)
  }
  if (
    !isDid(exhibition.exhibition) ||
    grant.exhibition !== exhibition.exhibition ||
    grant.body.node !== node
  ) {
    throw new ProvisionError(
      `the grant in ${dir} is for another node or exhibition than the data directory's: take a new data directory, or the card of this node`,
    )
  }
  return { id: exhibition.exhibition, firstRecords }
}

async function read(dir: string, name: string): Promise<Uint8Array> {
  const path = join(dir, name)
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new ProvisionError(`${path} cannot be read (${systemCode(cause)}): render the card's files anew`, {
      cause,
    })
  }
}
