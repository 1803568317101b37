import { mistakeInChannel } from './channels.ts'
import type { Band } from './channels.ts'
import { meshDrivers, radioFamilies } from './radios.ts'
import type { RadioFamily } from './radios.ts'
import { driverOf } from './resolve-venue.ts'
import type { Venue, VenueNode } from './resolve-venue.ts'
import type { VenueIssue } from './venue-issue.ts'
import type { VenueFile } from './venue-schema.ts'

const usbHint = `plug in a USB radio and name its driver: ${meshDrivers.join(', ')}`

/** What no radio can do, or the country does not allow. */
export function radioIssues(file: VenueFile, venue: Venue): VenueIssue[] {
  const issues: VenueIssue[] = []
  if (!venue.mesh.wire && venue.mesh.radio === undefined) {
    issues.push({
      path: 'mesh',
      message: 'joins no nodes: set wire: true, or a radio such as { driver: mt76x2u }',
    })
  }
  const legal = (path: string, band: Band, channel: number | undefined): void => {
    const mistake = channel === undefined ? undefined : mistakeInChannel(venue.country, band, channel)
    if (mistake !== undefined) issues.push({ path, message: mistake })
  }
  legal('hotspot.channel', venue.hotspot.band, file.hotspot.channel)
  if (venue.mesh.radio !== undefined) legal('mesh.channel', venue.mesh.radio.band, venue.mesh.radio.channel)
  venue.nodes.forEach((node, i) => {
    const path = `nodes.${i}`
    legal(`${path}.channel`, venue.hotspot.band, file.nodes[i]?.channel)
    issues.push(...nodeIssues(node, path, venue, file))
  })
  return issues
}

function nodeIssues(node: VenueNode, path: string, venue: Venue, file: VenueFile): VenueIssue[] {
  const issues: VenueIssue[] = []
  const { board, hotspotRadio, meshRadio } = node
  const own = file.nodes[Number(path.split('.')[1])]
  const hotspotPath = own?.radio === undefined ? `${path}.board` : `${path}.radio`
  const meshPath = own?.meshRadio === undefined ? 'mesh.radio' : `${path}.meshRadio`
  if (hotspotRadio === 'onboard' && board.radio === undefined) {
    issues.push({
      path: hotspotPath,
      message: `${node.boardId} has no radio that is known: name the one of its hotspot, radio: { driver: … }`,
    })
  }
  const hotspot = familyOf(hotspotRadio, node)
  const hotspotBands = hotspotRadio === 'onboard' ? board.radio?.bands : hotspot?.bands
  if (hotspotBands !== undefined && !hotspotBands.includes(venue.hotspot.band)) {
    issues.push({
      path: `${path}.board`,
      message: `the hotspot's radio of ${node.boardId} has no ${venue.hotspot.band} GHz: set hotspot.band '2.4', or another radio`,
    })
  }
  if (venue.mesh.wire && board.ethernet === null) {
    issues.push({
      path: `${path}.board`,
      message: `${node.boardId} has no Ethernet socket for mesh.wire: true`,
    })
  }
  if (meshRadio === undefined || venue.mesh.radio === undefined) return issues
  if (meshRadio === 'onboard') {
    const both = hotspotRadio === 'onboard' ? 'carries the hotspot already, and ' : ''
    issues.push({ path: meshPath, message: `the radio on the board ${both}does no 802.11s: ${usbHint}` })
    return issues
  }
  if (JSON.stringify(meshRadio) === JSON.stringify(hotspotRadio)) {
    issues.push({
      path: meshPath,
      message: `is also the radio of the hotspot: each needs its own`,
    })
  }
  const mesh = familyOf(meshRadio, node)
  if (mesh !== undefined && !mesh.mesh) {
    issues.push({ path: meshPath, message: `${driverOf(meshRadio, board)} does no 802.11s: ${usbHint}` })
  } else if (mesh !== undefined && !mesh.bands.includes(venue.mesh.radio.band)) {
    issues.push({
      path: 'mesh.band',
      message: `${driverOf(meshRadio, board)} has no ${venue.mesh.radio.band} GHz: set mesh.band '${mesh.bands[0]}'`,
    })
  }
  return issues
}

function familyOf(match: VenueNode['hotspotRadio'], { board }: VenueNode): RadioFamily | undefined {
  const driver = driverOf(match, board)
  return driver === undefined ? undefined : radioFamilies[driver]
}

/** What works, and will disappoint. */
export function radioWarnings(venue: Venue): VenueIssue[] {
  const warnings = venue.nodes.flatMap((node, i): VenueIssue[] => {
    const path = `nodes.${i}`
    const found: VenueIssue[] = []
    const stations = familyOf(node.hotspotRadio, node)?.stations
    if (stations !== undefined && node.clients > stations) {
      found.push({
        path: 'hotspot.clients',
        message: `${node.clients} phones are more than the about ${stations} that the radio of ${node.name} (${node.boardId}) is known to carry`,
      })
    }
    if (driverOf(node.hotspotRadio, node.board) === 'brcmfmac' && /wpa3/.test(venue.hotspot.security)) {
      found.push({
        path: 'hotspot.security',
        message: `the radio on the board of ${node.name} is not known to do WPA3 as a hotspot: wpa2 is safer, or a USB radio`,
      })
    }
    if (node.leases > node.clients) {
      found.push({
        path: 'hotspot.leases',
        message: `${node.leases} addresses promise what the radio of ${node.name} cannot keep: it carries ${node.clients} phones`,
      })
    }
    const { meshRadio } = node
    if (meshRadio !== undefined && meshRadio !== 'onboard' && familyOf(meshRadio, node) === undefined) {
      found.push({
        path: `${path}.meshRadio`,
        message: `nothing is known of the mesh radio of ${node.name}: see that 'iw list' says 'mesh point'`,
      })
    }
    if (venue.mesh.radio !== undefined && overlaps(venue, node)) {
      found.push({
        path: 'mesh.channel',
        message: `overlaps the hotspot of ${node.name} (channel ${node.channel}): both get half`,
      })
    }
    return found
  })
  // Twenty nodes alike have one problem, not twenty.
  const seen = new Set<string>()
  return warnings.filter(({ path }) => (seen.has(path) ? false : seen.add(path)))
}

function overlaps({ hotspot, mesh }: Venue, { channel }: VenueNode): boolean {
  if (mesh.radio === undefined || mesh.radio.band !== hotspot.band) return false
  return Math.abs(mesh.radio.channel - channel) < (hotspot.band === '2.4' ? 5 : 4)
}
