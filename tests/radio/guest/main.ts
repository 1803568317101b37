import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { Air } from './air.ts'
import { RadioNode, ownUnits } from './radio-node.ts'
import { radios } from './radios.ts'

const names = ['entrance', 'staircase', 'laboratory']
const t0 = performance.now()
const say = (line: string) => console.log(`${((performance.now() - t0) / 1000).toFixed(1)} ${line}`)
copyFileSync(
  '/program/venue/cards/entrance/root/etc/modprobe.d/mesh-art.conf',
  '/etc/modprobe.d/mesh-art.conf',
)
execFileSync('modprobe', ['mac80211_hwsim', `radios=${radios.count}`])
say('radios')
const air = new Air()
const nodes = names.map((name, i) => new RadioNode(name, i + 1, air))
const [a, b, c] = nodes as [RadioNode, RadioNode, RadioNode]
for (const [x, y] of [
  [a, b],
  [b, c],
] as const)
  air.join(x.meshMac, y.meshMac)
for (const node of nodes) {
  node.insertCard()
  node.start()
}
say('started')
for (const node of nodes) {
  try {
    await node.untilActive(240_000)
    say(`${node.name} active`)
  } catch (e) {
    say(String(e) + String((e as Error).cause))
  }
}
say(ownUnits.join(' '))
await new Promise(() => setInterval(() => {}, 1000))
