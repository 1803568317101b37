import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import { didFromPublicKey } from '../../../artworks/format/did-key.ts'
import { sealRecord } from '../../../artworks/format/envelope.ts'
import { openKeyFile, sealKeyFile } from '../../../artworks/format/key-file.ts'
import { readRecoveryCode, writeRecoveryCode } from '../../../artworks/format/recovery-code.ts'
import type { RecordBody } from '../../../artworks/format/records.ts'
import type { KeyAnswers, KeyReply, KeyRequest } from './key-messages.ts'

/**
 * The only place where the artist's key is: in the memory of this worker, which ends when the studio is locked. It writes
 * nothing and asks no one.
 */
let key: Ed25519PrivateKey | undefined

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

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
      if (key === undefined) throw new Error('the key is not open')
      const { root, ...body } = request.body
      const linked = typeof root === 'string' ? { ...body, root: CID.parse(root) } : body
      const { cid, bytes } = await sealRecord(linked as RecordBody, key)
      return { cid, bytes }
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
