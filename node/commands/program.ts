import { Command } from 'commander'
import { version } from '../version.ts'

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  node: async () => (await import('./node.ts')).nodeCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  exhibition: async () => (await import('./exhibition.ts')).exhibitionCommand(),
  key: async () => (await import('./key.ts')).keyCommand(),
  artwork: async () => (await import('./artwork.ts')).artworkCommand(),
  curate: async () => (await import('./curate.ts')).curateCommand(),
  status: async () => (await import('./status.ts')).statusCommand(),
  tech: async () => (await import('./tech.ts')).techCommand(),
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  gc: async () => (await import('./gc.ts')).gcCommand(),
  firmware: async () => (await import('./firmware.ts')).firmwareCommand(),
}

/**
 * Every command, with its options and help; nothing runs before it is parsed.
 * @param wanted the command that is asked for: no other is then loaded, so that a node has none of their modules in memory for months
 */
export async function createProgram(wanted?: string): Promise<Command> {
  const program = new Command('mesh-art')
    .description('An exhibition without internet: nodes that find each other and share signed artworks.')
    .version(version)
    .addHelpText(
      'after',
      '\nErrors go to stderr, one line each. Exit codes: 0 it worked, 1 it did not, 2 wrong use.',
    )
  const alone = wanted !== undefined && Object.hasOwn(commands, wanted) ? commands[wanted] : undefined
  const makers = alone === undefined ? Object.values(commands) : [alone]
  for (const command of await Promise.all(makers.map((make) => make()))) program.addCommand(command)
  return program
}
