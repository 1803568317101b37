import type { Band } from './channels.ts'

/** What a family of radios can do under its mainline driver, as its users report it. */
export interface RadioFamily {
  readonly chips: string
  readonly bands: readonly Band[]
  /** Access point: phones at once, as a rule of thumb. */
  readonly stations: number
  /** 802.11s mesh point. */
  readonly mesh: boolean
}

export const radioFamilies: Readonly<Record<string, RadioFamily>> = {
  brcmfmac: { chips: 'Raspberry Pi, on the board', bands: ['2.4', '5'], stations: 10, mesh: false },
  ath9k_htc: { chips: 'Atheros AR9271, AR7010', bands: ['2.4'], stations: 7, mesh: true },
  carl9170: { chips: 'Atheros AR9170', bands: ['2.4', '5'], stations: 8, mesh: true },
  rt2800usb: { chips: 'Ralink RT5370, RT5572', bands: ['2.4', '5'], stations: 20, mesh: true },
  mt76x0u: { chips: 'MediaTek MT7610U', bands: ['2.4', '5'], stations: 30, mesh: true },
  mt76x2u: { chips: 'MediaTek MT7612U', bands: ['2.4', '5'], stations: 30, mesh: true },
  mt7921u: { chips: 'MediaTek MT7921AU', bands: ['2.4', '5'], stations: 30, mesh: false },
  rtl8xxxu: { chips: 'Realtek RTL8188, RTL8192', bands: ['2.4'], stations: 5, mesh: false },
  rtw88_8822bu: { chips: 'Realtek RTL8822BU', bands: ['2.4', '5'], stations: 20, mesh: false },
  mac80211_hwsim: { chips: 'simulated', bands: ['2.4', '5'], stations: 100, mesh: true },
}

/** Drivers known to do 802.11s, for hints. */
export const meshDrivers: readonly string[] = Object.entries(radioFamilies)
  .filter(([name, { mesh }]) => mesh && name !== 'mac80211_hwsim')
  .map(([name]) => name)
