import type { BootTexts } from '../../../firmware-config/slots/boot-loader.ts'
import { otherSlot } from '../../../firmware-config/slots/slot.ts'
import type { Slot } from '../../../firmware-config/slots/slot.ts'

export type LoaderKind = 'uefi' | 'pi'

/** What one start does: systemd-boot (or a Raspberry Pi's first stage and init.sh) played from its documentation, not from our code. */
export function startOnce(
  kind: LoaderKind,
  texts: BootTexts,
): { readonly slot: Slot; readonly texts: BootTexts } {
  return kind === 'uefi' ? systemdBoot(texts) : raspberryPi(texts)
}

function systemdBoot(texts: BootTexts): { slot: Slot; texts: BootTexts } {
  const entries = [...texts]
    .filter(([path]) => path.startsWith('loader/entries/') && path.endsWith('.conf'))
    .map(([path, text]) => {
      const [, id = '', counter] = /^loader\/entries\/([^+]+?)(?:\+(.+))?\.conf$/.exec(path) ?? []
      const [left, done] = counter?.split('-').map(Number) ?? []
      const version = Number(/^version (\d+)$/m.exec(text)?.[1])
      const slot = /^linux \/b\//m.test(text) ? ('b' as const) : ('a' as const)
      return { path, text, id, left, done: done ?? 0, version, slot }
    })
  entries.sort(
    (one, two) =>
      Number(one.left === 0) - Number(two.left === 0) ||
      two.version - one.version ||
      (one.id < two.id ? 1 : -1),
  )
  const [first] = entries
  if (first === undefined) throw new Error('nothing starts')
  const after = new Map(texts)
  if (first.left !== undefined && first.left > 0) {
    after.delete(first.path)
    after.set(`loader/entries/${first.id}+${first.left - 1}-${first.done + 1}.conf`, first.text)
  }
  return { slot: first.slot, texts: after }
}

function raspberryPi(texts: BootTexts): { slot: Slot; texts: BootTexts } {
  const config = texts.get('config.txt') ?? ''
  const slot = config.startsWith('os_prefix=b/\n') ? 'b' : 'a'
  const after = new Map(texts)
  const isOnTrial = !(texts.get(`${slot}/cmdline.txt`) ?? '').includes('mesh-art.try=0000')
  const left = Number(new RegExp(`^#try=${slot}([1-9])$`, 'm').exec(config)?.[1] ?? 0)
  if (isOnTrial && left > 0) {
    const next = left === 1 ? otherSlot(slot) : slot
    after.set(
      'config.txt',
      `os_prefix=${next}/\n#try=${slot}${left - 1}\n${config.split('\n').slice(2).join('\n')}`,
    )
  }
  return { slot, texts: after }
}
