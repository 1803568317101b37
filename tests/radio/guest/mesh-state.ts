import type { Namespace } from '../../venue/support/namespace.ts'
import type { RadioNode } from './radio-node.ts'

interface Originator {
  readonly best?: boolean
  readonly orig_address: string
  readonly neigh_address: string
}

/** Radios it has a mesh link with: opened, authorized by SAE, with protected management frames. */
export function securedPeers(namespace: Namespace, link = 'mesh0'): string[] {
  const stations = namespace
    .run('iw', 'dev', link, 'station', 'dump')
    .split(/^Station /m)
    .slice(1)
  return stations
    .filter(
      (text) => /mesh plink:\s*ESTAB/.test(text) && /authorized:\s*yes/.test(text) && /MFP:\s*yes/.test(text),
    )
    .map((text) => text.slice(0, 17))
    .toSorted()
}

/** The neighbour that batman-adv sends through to come to another node, by their radios' addresses. */
export function nextHop(from: RadioNode, to: RadioNode): string | undefined {
  const known = JSON.parse(from.namespace.run('batctl', 'meshif', 'bat0', 'originators_json')) as Originator[]
  return known.find(({ best, orig_address }) => best === true && orig_address === to.meshMac)?.neigh_address
}

export function canReach(from: RadioNode, to: RadioNode): boolean {
  return from.namespace.try('busybox', 'ping', '-c', '1', '-W', '2', to.meshAddress).status === 0
}

/** What its radio and batman-adv know, for who looks for a mistake. */
export function meshSeen(node: RadioNode): string {
  const { namespace } = node
  const stations = namespace.try('iw', 'dev', 'mesh0', 'station', 'dump').stdout
  const told = stations
    .split('\n')
    .filter((line) => /^Station|mesh plink|authorized|inactive time/.test(line))
  return [...told, namespace.try('batctl', 'meshif', 'bat0', 'originators').stdout].join('\n')
}
