import { boards } from './boards.ts'
import type { Board, BoardId } from './boards.ts'
import { spreadChannel } from './channels.ts'
import type { Band } from './channels.ts'
import { radioFamilies } from './radios.ts'
import type { HotspotSecurity, RadioMatch, VenueFile } from './venue-schema.ts'

/** A venue with everything that its file leaves open decided. */
export interface Venue {
  readonly id: string
  readonly name: string
  readonly country: string
  /** What visitors type. */
  readonly address: string
  readonly hotspot: {
    readonly ssid: string
    readonly security: HotspotSecurity
    readonly passwordFile?: string
    readonly band: Band
    readonly leaseMinutes: number
  }
  readonly mesh: {
    readonly wire: boolean
    readonly radio?: {
      readonly id: string
      readonly band: Band
      readonly channel: number
      readonly secretFile: string
    }
  }
  readonly network: { readonly hotspot: string; readonly mesh: string }
  readonly services: {
    readonly sshKeys: readonly string[]
    readonly time: boolean
    readonly watchdog: boolean
    readonly statusLight: boolean
  }
  readonly reserveMiB?: number
  /** As node.yaml has it; everything is kept without. */
  readonly retention?: { readonly quota: string; readonly copies?: number }
  /** How a technicians' passphrase is checked. */
  readonly technicians?: string
  readonly nodes: readonly VenueNode[]
}

export interface VenueNode {
  readonly name: string
  readonly number: number
  /** Of its key: 1 for its first. */
  readonly key: number
  readonly boardId: BoardId
  readonly board: Board
  readonly room?: string
  readonly place?: Readonly<Record<string, string>>
  readonly plan?: { readonly x: number; readonly y: number; readonly floor?: number }
  readonly storage: 'card' | 'usb'
  readonly hotspotRadio: RadioMatch
  readonly meshRadio?: RadioMatch
  readonly channel: number
  readonly clients: number
  readonly leases: number
  readonly screenPage?: string
}

const defaults = Object.freeze({
  address: 'kunst.home.arpa',
  hotspotNetwork: '10.77.0.0/16',
  meshNetwork: '10.78.0.0/24',
  leaseMinutes: 30,
  meshChannel: { '2.4': 11, '5': 36 },
  secretFile: 'mesh.secret',
  /** For a radio nothing is known of. */
  stations: 10,
  screenPage: '/nl/kiosk',
})

/** The driver of a radio, where the file or the board says it. */
export function driverOf(match: RadioMatch, board: Board): string | undefined {
  if (match === 'onboard') return board.radio?.driver
  return 'driver' in match ? match.driver : undefined
}

export function resolveVenue(file: VenueFile): Venue {
  const { venue, hotspot, mesh, network, services, retention } = file
  const band = hotspot.band ?? '2.4'
  const meshBand = mesh.band ?? '5'
  return {
    ...venue,
    address: file.exhibition?.address ?? defaults.address,
    hotspot: {
      ssid: hotspot.ssid,
      security: hotspot.security ?? 'open',
      ...(hotspot.passwordFile === undefined ? {} : { passwordFile: hotspot.passwordFile }),
      band,
      leaseMinutes: hotspot.leaseMinutes ?? defaults.leaseMinutes,
    },
    mesh: {
      wire: mesh.wire ?? false,
      ...(hasMeshRadio(file)
        ? {
            radio: {
              id: mesh.id ?? `mesh-art-${venue.id}`.slice(0, 32),
              band: meshBand,
              channel: mesh.channel ?? defaults.meshChannel[meshBand],
              secretFile: mesh.secretFile ?? defaults.secretFile,
            },
          }
        : {}),
    },
    network: {
      hotspot: network?.hotspot ?? defaults.hotspotNetwork,
      mesh: network?.mesh ?? defaults.meshNetwork,
    },
    services: {
      sshKeys: services?.ssh?.keys ?? [],
      time: services?.time ?? true,
      watchdog: services?.watchdog ?? true,
      statusLight: services?.statusLight ?? true,
    },
    ...(retention?.reserveMiB === undefined ? {} : { reserveMiB: retention.reserveMiB }),
    ...(retention?.quota === undefined
      ? {}
      : {
          retention: {
            quota: retention.quota,
            ...(retention.copies === undefined ? {} : { copies: retention.copies }),
          },
        }),
    ...(services?.technicians === undefined ? {} : { technicians: services.technicians.passphrase }),
    nodes: file.nodes.map((node, i) => resolveNode(file, node, node.number ?? i + 1, band)),
  }
}

function hasMeshRadio({ mesh, nodes }: VenueFile): boolean {
  return mesh.radio !== undefined || nodes.some(({ meshRadio }) => meshRadio !== undefined)
}

function resolveNode(
  file: VenueFile,
  node: VenueFile['nodes'][number],
  number: number,
  band: Band,
): VenueNode {
  const { hotspot, mesh } = file
  const board = boards[node.board]
  const hotspotRadio = node.radio ?? hotspot.radio ?? 'onboard'
  const meshRadio = node.meshRadio ?? mesh.radio
  const driver = driverOf(hotspotRadio, board)
  const stations = driver === undefined ? undefined : radioFamilies[driver]?.stations
  const clients = hotspot.clients ?? stations ?? defaults.stations
  return {
    name: node.name,
    number,
    key: node.key ?? 1,
    boardId: node.board,
    board,
    ...(node.room === undefined ? {} : { room: node.room }),
    ...(node.place === undefined ? {} : { place: node.place }),
    ...(node.plan === undefined
      ? {}
      : {
          plan: {
            x: node.plan.x,
            y: node.plan.y,
            ...(node.plan.floor === undefined ? {} : { floor: node.plan.floor }),
          },
        }),
    storage: node.storage ?? 'card',
    hotspotRadio,
    ...(meshRadio === undefined ? {} : { meshRadio }),
    channel: node.channel ?? hotspot.channel ?? spreadChannel(band, number),
    clients,
    leases: hotspot.leases ?? clients,
    ...(node.screen === undefined ? {} : { screenPage: node.screen.page ?? defaults.screenPage }),
  }
}
