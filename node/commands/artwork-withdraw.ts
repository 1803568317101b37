import { createInterface } from 'node:readline/promises'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { sealRecord } from '../../artworks/format/envelope.ts'
import { CommandError } from '../cli/errors.ts'
import { openKeyFromFile } from '../cli/key-from-file.ts'
import { NodeApi } from '../cli/node-api.ts'
import { note, print, printJson } from '../cli/output.ts'
import { ownRecords } from '../cli/own-records.ts'
import { claimedNow } from '../ingest/manifest.ts'

export interface WithdrawOptions {
  node: string
  key: string
  passphraseFile?: string
  reasonNl?: string
  reasonEn?: string
  yes?: boolean
  json?: boolean
}

export async function withdraw(slug: string, options: WithdrawOptions): Promise<void> {
  const api = new NodeApi(options.node, note)
  const exhibition = await api.exhibition()
  const key = await openKeyFromFile(options.key, options.passphraseFile)
  const artist = didFromPublicKey(key.publicKey)
  const [earlier] = await ownRecords(api, 'withdrawal', artist, slug)
  if (earlier !== undefined) {
    if (options.json === true) printJson({ artist, slug, withdrawal: earlier.cid, created: false })
    else print(`'${slug}' was withdrawn already; there is nothing more to do.`)
    return
  }
  if ((await ownRecords(api, 'artwork', artist, slug)).length === 0) {
    throw new CommandError(
      `this node knows no work '${slug}' signed with this key; mesh-art artwork list shows what it has`,
    )
  }
  if (options.yes !== true && process.stdin.isTTY) await confirm(slug)
  const reason = {
    ...(options.reasonNl === undefined ? {} : { nl: options.reasonNl }),
    ...(options.reasonEn === undefined ? {} : { en: options.reasonEn }),
  }
  const record = await sealRecord(
    {
      kind: 'withdrawal',
      v: 1,
      exhibition: exhibition.id as Did,
      claimed: claimedNow(),
      slug,
      ...(Object.keys(reason).length === 0 ? {} : { reason }),
    },
    key,
  )
  await api.submit(record.bytes)
  if (options.json === true) printJson({ artist, slug, withdrawal: record.cid, created: true })
  else
    print(
      `'${slug}' is withdrawn. Every node lets go of its files as it hears of it, and none takes it back.`,
    )
}

/** It cannot be undone, so a person at a terminal is asked once; a script is not. */
async function confirm(slug: string): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const said = await lines.question(
      `This withdraws '${slug}' everywhere and for good. Type its slug to go on: `,
    )
    if (said.trim() !== slug) throw new CommandError('that is not its slug; nothing was withdrawn')
  } finally {
    lines.close()
  }
}
