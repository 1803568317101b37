import type { Ed25519PrivateKey } from '@libp2p/interface'
import { base64 } from 'multiformats/bases/base64'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord, sealRecord } from '../../artworks/format/envelope.ts'
import { openKeyFile } from '../../artworks/format/key-file.ts'
import { sealLook } from '../../artworks/format/look.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { KeyAnswers, KeyReply, KeyRequest } from './key-messages.ts'
import { recordOfDecision } from './record-of-decision.ts'

/** The only place where the curator's key is: this worker's memory, which ends when the key is closed. */
let key: Ed25519PrivateKey | undefined

class RefusedHere extends Error {
  readonly code: string

  constructor(code: string, message = '') {
    super(message)
    this.code = code
  }
}

function openedKey(): Ed25519PrivateKey {
  if (key === undefined) throw new RefusedHere('no-key')
  return key
}

async function answer(
  request: KeyRequest,
  onProgress: (share: number) => void,
): Promise<KeyAnswers[keyof KeyAnswers]> {
  switch (request.kind) {
    case 'open': {
      const opened = await openKeyFile(request.file, request.passphrase, { onProgress })
      key = opened.key
      return { did: opened.did, name: opened.name ?? '' }
    }
    case 'sign': {
      const { decision, exhibition, claimed } = request
      const { cid, bytes } = await sealRecord(recordOfDecision(decision, exhibition, claimed), openedKey())
      return { cid, bytes }
    }
    case 'look': {
      const { node, word, manifest, exhibition } = request
      const look = { exhibition: exhibition as Did, node: node as Did, word, manifest }
      return { bytes: await sealLook(look, openedKey()) }
    }
    case 'manifest': {
      const record = await openRecord(base64.baseDecode(request.envelope.replace(/=+$/, '')))
      if (record.cid !== request.cid || !isKind(record, 'artwork')) throw new RefusedHere('another-record')
      const { slug, sequence, root } = record.body
      return { signer: record.signer, slug, sequence, root: root.toString() }
    }
  }
}

self.addEventListener('message', (event: MessageEvent<{ id: number; request: KeyRequest }>) => {
  const { id, request } = event.data
  const reply = (message: KeyReply): void => self.postMessage(message, {})
  let last = 0
  answer(request, (share) => {
    if (share - last < 0.01) return
    last = share
    reply({ id, progress: share })
  }).then(
    (done) => reply({ id, done }),
    (error: unknown) => {
      const { code = 'failed', message = '' } = error as { code?: string; message?: string }
      reply({ id, failed: { code, message } })
    },
  )
})
