import type { TrackId } from '../../node/http/contract.ts'
import { languages } from '../model/language.ts'
import type { Language } from '../model/language.ts'
import { trackIds } from '../model/works-query.ts'

/** What the address of the screen says; docs/kiosk.md explains each to whoever sets one up. */
export interface KioskSettings {
  readonly language: Language
  /** `works=slug,slug`: only these, in this order. */
  readonly works: readonly string[]
  /** `track=public-ai`: only that one. */
  readonly track: TrackId | undefined
  /** `seconds=45`: how long a work stays. A video stays to its end, but no longer than ten minutes. */
  readonly seconds: number
  /** `idle=90`: seconds without a touch after which a work that was started makes way. */
  readonly idleSeconds: number
  /** `alternate=1`: the other language with every next work. */
  readonly alternate: boolean
  /** `sound=on`: videos and sound works are heard. The browser must allow it. */
  readonly sound: boolean
  /** `address=http://kunst.lan`: what QR codes lead to, where the screen itself uses another address. */
  readonly address: string
}

export const kioskLimits = Object.freeze({
  seconds: { least: 5, most: 3600, usual: 45 },
  idleSeconds: { least: 10, most: 3600, usual: 90 },
  works: 100,
})

/** Never fails: what an address says wrong it does not say. @param origin of the page itself */
export function parseKiosk(pathname: string, search: string, origin: string): KioskSettings {
  const said = new URLSearchParams(search)
  const [first] = pathname.split('/').filter((part) => part !== '')
  const works = (said.get('works') ?? '').split(',').filter((slug) => /^[a-z0-9-]{1,64}$/.test(slug))
  return {
    language: languages.find((language) => language === first) ?? 'nl',
    works: works.slice(0, kioskLimits.works),
    track: trackIds.find((id) => id === said.get('track')),
    seconds: within(said.get('seconds'), kioskLimits.seconds),
    idleSeconds: within(said.get('idle'), kioskLimits.idleSeconds),
    alternate: said.get('alternate') === '1',
    sound: said.get('sound') === 'on',
    address: addressIn(said.get('address')) ?? origin,
  }
}

function within(
  text: string | null,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  if (text === null || !/^\d{1,6}$/.test(text)) return usual
  return Math.min(most, Math.max(least, Number(text)))
}

function addressIn(text: string | null): string | undefined {
  try {
    const url = new URL(text ?? '')
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : undefined
  } catch {
    // No address at all.
    return undefined
  }
}
