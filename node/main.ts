import { Command, CommanderError } from 'commander'
import { artworkCommand } from './commands/artwork.ts'
import { demoCommand } from './commands/demo.ts'
import { exhibitionCommand } from './commands/exhibition.ts'
import { gcCommand } from './commands/gc.ts'
import { keyCommand } from './commands/key.ts'
import { nodeCommand } from './commands/node.ts'
import { statusCommand } from './commands/status.ts'
import { verifyCommand } from './commands/verify.ts'
import { oneLine, UsageError } from './cli/errors.ts'
import { ConfigError } from './config.ts'
import { version } from './version.ts'

/** Exit codes: 0 it worked, 1 it did not, 2 wrong use. */
const FAILED = 1
const WRONG_USE = 2

function exitOverridden(command: Command): Command {
  command
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError(true)
  for (const sub of command.commands) exitOverridden(sub)
  return command
}

const program = new Command('mesh-art')
  .description('An exhibition without internet: nodes that find each other and share signed artworks.')
  .version(version)
  .addCommand(nodeCommand())
  .addCommand(demoCommand())
  .addCommand(exhibitionCommand())
  .addCommand(keyCommand())
  .addCommand(artworkCommand())
  .addCommand(statusCommand())
  .addCommand(verifyCommand())
  .addCommand(gcCommand())

try {
  await exitOverridden(program).parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version are no errors; a bare `mesh-art` shows its help, and is wrong use.
    if (error.exitCode === 0) return 0
    if (error.code !== 'commander.help')
      console.error(`mesh-art: ${oneLine(error).replace(/^error: /, '')}; see mesh-art --help`)
    return WRONG_USE
  }
  if (error instanceof ConfigError) {
    for (const { path, message } of error.issues) console.error(`mesh-art: ${path}: ${message}`)
    return WRONG_USE
  }
  console.error(`mesh-art: ${oneLine(error)}`)
  if (process.env['MESH_ART_DEBUG'] !== undefined) console.error(error)
  return error instanceof UsageError ? WRONG_USE : FAILED
}
