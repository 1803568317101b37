import { describe, expect, it } from 'vitest'
import {
  bootFiles,
  commandLine,
  deviceTrees,
  piConfig,
  startsBy,
} from '../../../firmware-config/image/boot-files.ts'
import { boardIds } from '../../../firmware-config/schema/boards.ts'

describe.each(boardIds)('what starts a %s', (board) => {
  const files = bootFiles(board, 0xabc)
  const text = (path: string): string => files.find((file) => file.path === path)?.text ?? ''

  it('finds kernel, initramfs and the card of slot a', () => {
    const all = files.map((file) => file.text).join('\n')
    expect(all).toContain('mesh-art.card=00000abc mesh-art.slot=a')
    expect(all).toContain('initrd')
    expect(all).toContain('vmlinuz')
  })

  it('is of its own kind', () => {
    if (startsBy(board) === 'pi') {
      expect(text('config.txt')).toMatch(/^os_prefix=a\/\n/)
      expect(text('a/cmdline.txt').trim().split('\n')).toHaveLength(1)
      expect(deviceTrees[board].length).toBeGreaterThan(0)
    } else {
      expect(text('loader/entries/mesh-art-a.conf')).toMatch(/^linux \/a\/vmlinuz$/m)
      // Nobody can change the command line at the screen.
      expect(text('loader/loader.conf')).toContain('editor no')
    }
  })

  it('lets a system that is lost start again', () => {
    expect(commandLine(board, 1, 'b')).toMatch(/mesh-art\.slot=b mesh-art\.try=0000 .*panic=10/)
  })
})

describe("a Raspberry Pi's pointer to its slot", () => {
  it('changes in place: as long for one slot as for the other, within the first sector', () => {
    expect(piConfig('a').length).toBe(piConfig('b').length)
    expect(piConfig('a').length).toBeLessThan(512)
    const differing = Array.from(piConfig('a')).flatMap((sign, i) => (sign === piConfig('b')[i] ? [] : [i]))
    expect(differing).toEqual(['os_prefix='.length])
  })
})
