import type { Band } from './channels.ts'

/** What a computer brings. Drivers are mainline Linux's. */
export interface Board {
  readonly label: string
  readonly architecture: 'arm64' | 'amd64'
  /** The radio on the board; absent where boards of this kind differ, or have none. */
  readonly radio?: { readonly driver: string; readonly bands: readonly Band[] }
  /** Driver of the Ethernet socket; null where there is none; absent where boards differ. */
  readonly ethernet?: string | null
  /** Below /sys/class/leds. */
  readonly light?: string
  readonly memoryMiB?: number
}

export const boardIds = [
  'pi-zero-2-w',
  'pi-3',
  'pi-3-plus',
  'pi-4',
  'pi-5',
  'generic-arm64',
  'generic-amd64',
] as const
export type BoardId = (typeof boardIds)[number]

const dual = { driver: 'brcmfmac', bands: ['2.4', '5'] } as const
const single = { driver: 'brcmfmac', bands: ['2.4'] } as const
const pi = { architecture: 'arm64', light: 'ACT' } as const

export const boards: Readonly<Record<BoardId, Board>> = {
  'pi-zero-2-w': { ...pi, label: 'Raspberry Pi Zero 2 W', radio: single, ethernet: null, memoryMiB: 512 },
  'pi-3': { ...pi, label: 'Raspberry Pi 3', radio: single, ethernet: 'smsc95xx', memoryMiB: 1024 },
  'pi-3-plus': { ...pi, label: 'Raspberry Pi 3+', radio: dual, ethernet: 'lan78xx', memoryMiB: 1024 },
  'pi-4': { ...pi, label: 'Raspberry Pi 4', radio: dual, ethernet: 'bcmgenet', memoryMiB: 1024 },
  'pi-5': { ...pi, label: 'Raspberry Pi 5', radio: dual, ethernet: 'macb', memoryMiB: 2048 },
  'generic-arm64': { label: 'arm64 computer', architecture: 'arm64' },
  'generic-amd64': { label: 'amd64 computer', architecture: 'amd64' },
}
