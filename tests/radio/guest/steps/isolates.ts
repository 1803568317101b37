import assert from 'node:assert/strict'
import { inTime } from '../in-time.ts'
import { connect } from '../connect.ts'
import { patience } from '../patience.ts'
import type { RadioNode } from '../radio-node.ts'
import type { RadioPhone } from '../radio-phone.ts'
import type { RadioVenue } from '../radio-venue.ts'

const gateway = '10.77.0.1'

/** A phone reaches HTTP, DNS and DHCP of its node and nothing else, and each refusal is there because of what is meant to refuse. */
export async function isolates(venue: RadioVenue): Promise<void> {
  await phones(venue)
  mesh(venue)
}

async function phones({ ada, bo, entrance, staircase, say }: RadioVenue): Promise<void> {
  await bo.walkTo(entrance)
  const theirs = bo.lease()['ip'] ?? ''
  assert.notEqual(theirs, ada.address)
  const bothAreThere = async (): Promise<void> => {
    for (const phone of [ada, bo]) {
      await phone.untilAt(entrance)
      await inTime('its node answers it', () => assert.ok(phone.ping(gateway)), patience.radioMs)
    }
  }
  await bothAreThere()
  assert.ok(!ada.ping(theirs))
  say('no phone hears another at the same node')

  // The control: without hostapd's isolation it would.
  const conf = entrance.run('cat', '/etc/mesh-art/hotspot.conf')
  entrance.run('sed', '-i', 's/^ap_isolate=1/ap_isolate=0/', '/etc/mesh-art/hotspot.conf')
  entrance.run('systemctl', 'restart', 'mesh-art-hotspot.service')
  await bothAreThere()
  await inTime('they hear each other', () => assert.ok(ada.ping(theirs)), patience.radioMs)
  entrance.run('sed', '-i', 's/^ap_isolate=0/ap_isolate=1/', '/etc/mesh-art/hotspot.conf')
  assert.equal(entrance.run('cat', '/etc/mesh-art/hotspot.conf'), conf)
  entrance.run('systemctl', 'restart', 'mesh-art-hotspot.service')
  await bothAreThere()
  assert.ok(!ada.ping(theirs))
  say('and would without ap_isolate')

  await roam(bo, staircase)
  assert.ok(!ada.ping(bo.address))
  say('nor at two nodes')
}

async function roam(phone: RadioPhone, to: RadioNode): Promise<void> {
  await phone.walkTo(to)
  assert.match(phone.lease()['ip'] ?? '', new RegExp(`^10\\.77\\.${to.number}\\.`))
  assert.ok(phone.ping(gateway))
}

function mesh({ ada, entrance, staircase, say }: RadioVenue): void {
  const shut = [
    [gateway, 443],
    ['1.1.1.1', 443],
    [gateway, 4001],
    [entrance.meshAddress, 4001],
    [staircase.meshAddress, 4001],
    [gateway, 22],
    ['9.9.9.9', 853],
  ] as const
  const refused = (): void => {
    for (const [where, port] of shut)
      assert.equal(connect(ada.namespace, where, port), 'refused', `${where}:${port}`)
  }
  for (const port of [80, 53]) assert.equal(connect(ada.namespace, gateway, port), 'open', `${port}`)
  refused()
  assert.ok(!ada.ping(staircase.meshAddress))
  say('a phone finds 80 and 53, and 443, libp2p and SSH reset at once')

  // The controls: the port is open to a node; and to a phone, if it were not for the firewall.
  assert.equal(connect(staircase.namespace, entrance.meshAddress, 4001), 'open')
  entrance.run('nft', 'flush', 'chain', 'inet', 'mesh_art', 'visitors')
  assert.equal(connect(ada.namespace, entrance.meshAddress, 4001), 'open')
  entrance.run('systemctl', 'reload', 'mesh-art-firewall.service')
  refused()
  say('which are open to a node, and would be to a phone without the firewall')

  // What the mesh says to all of its own, no phone hears; and the counter counts.
  assert.equal(ada.heard('multicast'), 0)
  entrance.run('nft', 'flush', 'chain', 'inet', 'mesh_art', 'outgoing')
  entrance.namespace.try('busybox', 'ping', '-c', '3', '-W', '1', '-I', 'hotspot0', '224.0.0.251')
  assert.ok(ada.heard('multicast') > 0)
  entrance.run('systemctl', 'reload', 'mesh-art-firewall.service')
  say('nothing of the mesh was heard on the hotspot')
}
