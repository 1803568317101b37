import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { base64 } from 'multiformats/bases/base64'
import { didFromPublicKey } from '../../artworks/format/did-key.ts'
import type { Did } from '../../artworks/format/did-key.ts'
import { openRecord, sealRecord } from '../../artworks/format/envelope.ts'
import { openKeyFile, sealKeyFile } from '../../artworks/format/key-file.ts'
import { sealLook } from '../../artworks/format/look.ts'
import { readRecoveryCode, writeRecoveryCode } from '../../artworks/format/recovery-code.ts'
import { isKind } from '../../artworks/format/records.ts'
import type { KeyAnswers, KeyReply, KeyRequest } from './key-messages.ts'
import { recordOfMessage } from './record-of-message.ts'

/**
 * The only place where an artist's or a curator's key is: in the memory of this worker, which ends when the key is closed. It
 * writes nothing and asks no one.
 */
let key: Ed25519PrivateKey | undefined

class RefusedHere extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

function openedKey(): Ed25519PrivateKey {
  if (key === undefined) throw new RefusedHere('no-key')
  return key
}

type OnProgress = (share: number) => void

async function answer(request: KeyRequest, onProgress: OnProgress): Promise<KeyAnswers[keyof KeyAnswers]> {
  switch (request.kind) {
    case 'create': {
      const { passphrase, name } = request
      const made = await generateKeyPairFromSeed('Ed25519', random(32))
      // Sealed twice, for the file and for the paper: each is half of the work.
      const file = await sealKeyFile(made, passphrase, {
        random,
        ...named(name),
        onProgress: (share) => onProgress(share / 2),
      })
      const code = await writeRecoveryCode(made, passphrase, {
        random,
        onProgress: (share) => onProgress(0.5 + share / 2),
      })
      key = made
      return { did: didFromPublicKey(made.publicKey), name, file, code }
    }
    case 'open': {
      const opened = await openKeyFile(request.file, request.passphrase, { onProgress })
      key = opened.key
      return { did: opened.did, name: opened.name ?? '' }
    }
    case 'recover': {
      const { code, passphrase, name } = request
      const read = await readRecoveryCode(code, passphrase, { onProgress: (share) => onProgress(share / 2) })
      const file = await sealKeyFile(read, passphrase, {
        random,
        ...named(name),
        onProgress: (share) => onProgress(0.5 + share / 2),
      })
      key = read
      return { did: didFromPublicKey(read.publicKey), name, file }
    }
    case 'sign': {
      const { cid, bytes } = await sealRecord(recordOfMessage(request.record), openedKey())
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

function named(name: string): { name?: string } {
  return name === '' ? {} : { name }
}

self.addEventListener('message', (event: MessageEvent<{ id: number; request: KeyRequest }>) => {
  const { id, request } = event.data
  const reply = (message: KeyReply): void => self.postMessage(message, { transfer: [] })
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
