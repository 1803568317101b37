import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTime } from '../in-time.ts'
import { Namespace } from '../../../venue/support/namespace.ts'
import { securedPeers } from '../mesh-state.ts'
import { moveRadio } from '../move-radio.ts'
import { patience } from '../patience.ts'
import { radios } from '../radios.ts'
import { prepared } from '../radio-venue.ts'
import type { RadioVenue } from '../radio-venue.ts'

/** A radio that knows the mesh's name, its channel and all else of its configuration, but not its secret, stays out. */
export async function stranger({ air, entrance, say }: RadioVenue): Promise<void> {
  const namespace = new Namespace('stranger')
  moveRadio(air, radios.stranger, namespace)
  const [link] = /^\d+: (wlan\d+)/m.exec(namespace.run('ip', '-o', 'link'))?.slice(1) ?? []
  assert.ok(link)
  air.join(radios.stranger, entrance.meshMac)
  const conf = readFileSync(join(prepared, 'cards/entrance/root/etc/mesh-art/mesh.conf'), 'utf8')
  const before = securedPeers(entrance.namespace)

  const attempt = (text: string): { said: () => string; end: () => Promise<void> } => {
    const path = '/tmp/stranger.conf'
    writeFileSync(path, text)
    const command = ['wpa_supplicant', '-D', 'nl80211', '-i', link, '-c', path]
    const child = spawn('ip', ['netns', 'exec', namespace.name, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const ended = new Promise<void>((settle) => child.once('close', () => settle()))
    return {
      said: () => said,
      end: async () => {
        child.kill()
        await ended
      },
    }
  }

  const wrong = attempt(conf.replace(/sae_password="[^"]*"/, 'sae_password="not the secret of this mesh"'))
  await inTime(
    'the mesh refuses the stranger',
    () => assert.match(wrong.said(), /MESH-SAE-AUTH-FAILURE/),
    patience.radioMs,
  )
  assert.deepEqual(securedPeers(namespace, link), [])
  assert.deepEqual(securedPeers(entrance.namespace), before)
  await wrong.end()
  say('with another secret it is refused')

  // The control: the same radio, the same file, the right secret.
  const right = attempt(conf)
  await inTime(
    'with the right secret the same radio is let in',
    () => {
      assert.deepEqual(securedPeers(namespace, link), [entrance.meshMac])
      assert.deepEqual(securedPeers(entrance.namespace), [...before, radios.stranger].toSorted())
    },
    patience.meshMs,
  )
  await right.end()
  air.cut(radios.stranger, entrance.meshMac)
  say('with the right one it is let in')
}
