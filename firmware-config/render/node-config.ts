import { gateway, meshAddress, meshPort, neighbours } from './node-plan.ts'
import type { NodePlan } from './node-plan.ts'
import { file, secretFile } from './rendered-file.ts'
import type { RenderedFile } from './rendered-file.ts'

/** Where the node's unit copies what the card brings, readable for the node alone. */
export const provisionCopies = '/run/mesh-art-provision'
/** Not in the runtime folder of the node's unit, which goes when the node ends: then the light is wanted most. */
export const lightFolder = '/run/mesh-art-light'
export const lightFile = `${lightFolder}/state`
const provisionFolder = '/etc/mesh-art/provision'

/** The three files a node is known by, as `name` and where it lies on the card. */
export const provisionFiles = ['node.key', 'exhibition.record', 'grant.record'].map((name) => ({
  name,
  path: `${provisionFolder}/${name}`,
}))

/** node.yaml, and the key and grant with which the node is a member from its first second. */
export function nodeConfigFiles({ venue, node, secrets }: NodePlan): RenderedFile[] {
  const peers = neighbours(venue, node).map((other) => `/ip4/${meshAddress(venue, other)}/tcp/${meshPort}`)
  const { provision } = secrets
  // JSON is YAML: whatever a text holds, it stays a text.
  const text = JSON.stringify
  const lines = [
    `# ${node.name}: made from venue.yaml. A change belongs there.`,
    `name: ${text(node.name)}`,
    ...(node.place === undefined ? [] : [`place: ${text(node.place)}`]),
    'dataDir: /var/lib/mesh-art',
    ...(provision === undefined ? [] : [`provision: ${provisionCopies}`]),
    'http:',
    `  # Visitors come to ${gateway(venue)}; a technician in the mesh to ${meshAddress(venue, node)}.`,
    '  host: 0.0.0.0',
    '  port: 80',
    '  # What visitors type; every other name leads to it.',
    `  shortName: ${venue.address}`,
    'mesh:',
    '  # On the mesh alone: visitors find nothing here.',
    '  listen:',
    `    - /ip4/${meshAddress(venue, node)}/tcp/${meshPort}`,
    ...(peers.length === 0 ? ['  peers: []'] : ['  peers:', ...peers.map((peer) => `    - ${peer}`)]),
    '  # Addresses are fixed: nothing has to be searched for, and no air is spent on it.',
    '  mdns: false',
    ...(venue.services.statusLight && node.board.light !== undefined ? [`light: ${lightFile}`] : []),
    ...(venue.reserveMiB === undefined
      ? []
      : ['limits:', `  reserveBytes: ${venue.reserveMiB * 1024 * 1024}`]),
    ...(venue.retention === undefined ? [] : [`retention: ${text(venue.retention)}`]),
    ...(venue.technicians === undefined ? [] : ['technicians:', `  passphrase: ${text(venue.technicians)}`]),
    'log:',
    '  level: info',
  ]
  const config = file('/etc/mesh-art/node.yaml', `${lines.join('\n')}\n`)
  if (provision === undefined) return [config]
  const contents = [provision.nodeKey, provision.exhibition, provision.grant]
  return [config, ...provisionFiles.map(({ path }, i) => secretFile(path, contents[i] ?? new Uint8Array()))]
}
