import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { Once } from '../../firmware-config/check/once.ts'
import { draftOf, renderDraft } from './venues.ts'

const missing = '/nowhere/at/all.conf'

/** How a program ends that is told to read a file that is not there; it says usage instead where it does not know an option. */
function outcome(command: readonly string[]): string {
  const [program = '', ...args] = command
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 })
  return `${stdout}${stderr}`
}

describe('commands of rendered units', () => {
  it.each(['mesh-art-hotspot', 'mesh-art-mesh'])(
    'gives the program of %s options that it knows, which no check of its file would show',
    (unit) => {
      const file = renderDraft(draftOf('nemo')).get('entrance')?.get(`/etc/systemd/system/${unit}.service`)
      if (file === undefined || !('content' in file)) throw new Error('it is not rendered')
      const [, line = ''] = /^ExecStart=(.*)$/m.exec(String(file.content)) ?? []
      const command = line.replace(/\/run\/credentials\/\S+/, missing).split(' ')
      expect(outcome(command)).toMatch(/[Oo]pen config.* file '\/nowhere/)
      // The control: an option that it does not know.
      expect(outcome([command[0] ?? '', '-Z', ...command.slice(1)])).not.toMatch(/file '\/nowhere/)
    },
  )
})

describe('what nodes have in common', () => {
  it('is done once for each key, also while it is being done', async () => {
    const once = new Once<number>()
    let done = 0
    const work = async (): Promise<number> => (done += 1)
    expect(await Promise.all([once.do('a', work), once.do('a', work), once.do('b', work)])).toEqual([1, 1, 2])
  })
})
