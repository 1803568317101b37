import { Command } from 'commander'
import { artworkCommand } from './artwork.ts'
import { curateCommand } from './curate.ts'
import { demoCommand } from './demo.ts'
import { exhibitionCommand } from './exhibition.ts'
import { firmwareCommand } from './firmware.ts'
import { gcCommand } from './gc.ts'
import { keyCommand } from './key.ts'
import { nodeCommand } from './node.ts'
import { statusCommand } from './status.ts'
import { techCommand } from './tech.ts'
import { verifyCommand } from './verify.ts'
import { version } from '../version.ts'

/** Every command, with its options and help; nothing runs before it is parsed. */
export function createProgram(): Command {
  return new Command('mesh-art')
    .description('An exhibition without internet: nodes that find each other and share signed artworks.')
    .version(version)
    .addCommand(nodeCommand())
    .addCommand(demoCommand())
    .addCommand(exhibitionCommand())
    .addCommand(keyCommand())
    .addCommand(artworkCommand())
    .addCommand(curateCommand())
    .addCommand(statusCommand())
    .addCommand(techCommand())
    .addCommand(verifyCommand())
    .addCommand(gcCommand())
    .addCommand(firmwareCommand())
    .addHelpText(
      'after',
      '\nErrors go to stderr, one line each. Exit codes: 0 it worked, 1 it did not, 2 wrong use.',
    )
}
