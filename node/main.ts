import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import type { Command } from 'commander'
import { createProgram } from './commands/program.ts'
import { oneLine, UsageError } from './cli/errors.ts'
import { note } from './cli/output.ts'
import { ConfigError } from './config.ts'
import { IngestError } from './ingest/errors.ts'

/** Exit codes: 0 it worked, 1 it did not, 2 wrong use. */
const FAILED = 1
const WRONG_USE = 2
const LINGER_MS = 3000

/** Where commander found the mistake, so that the right help is named. */
let mistaken = 'mesh-art'

function exitOverridden(command: Command, path = command.name()): Command {
  command
    .exitOverride((err) => {
      mistaken = path
      throw err
    })
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError(true)
  for (const sub of command.commands) exitOverridden(sub, `${path} ${sub.name()}`)
  return command
}

// `mesh-art artwork list | head` closes the pipe early: that is no failure.
process.stdout.on('error', (err: NodeJS.ErrnoException) => {
  if (err.code !== 'EPIPE') throw err
  process.exit()
})
process.on('uncaughtException', (err) => {
  process.exitCode = report(err)
  process.exit()
})

try {
  await exitOverridden(await createProgram(process.argv[2])).parseAsync()
} catch (error) {
  process.exitCode = report(error)
  // What a command that failed leaves open must not keep it from ending.
  setTimeout(() => process.exit(), LINGER_MS).unref()
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version are no errors; a bare `mesh-art` shows its help, and is wrong use.
    if (error.exitCode === 0) return 0
    if (error.code !== 'commander.help') say(`${tidied(error)}; see ${mistaken} --help`)
    return WRONG_USE
  }
  if (error instanceof ConfigError) {
    for (const { path, message } of error.issues) say(`${path}: ${message}`)
    return WRONG_USE
  }
  if (error instanceof IngestError) {
    for (const { path, message } of error.issues) say(`${path}: ${message}`)
    return FAILED
  }
  say(isForeseen(error) ? oneLine(error) : `${oneLine(error)} (MESH_ART_DEBUG=1 shows where)`)
  if (process.env['MESH_ART_DEBUG'] !== undefined) note(inspect(error))
  return error instanceof UsageError ? WRONG_USE : FAILED
}

function say(line: string): void {
  note(`mesh-art: ${line}`)
}

/** Commander's own wording, with our punctuation. */
function tidied(error: CommanderError): string {
  return oneLine(error)
    .replace(/^error: /, '')
    .replace(' is invalid. ', ' is invalid: ')
    .replace(/\.$/, '')
}

/** Our own errors say what to do; one without a class or a code of ours is a defect, or the system's. */
function isForeseen(error: unknown): boolean {
  return error instanceof Error && error.name !== 'Error' && !('code' in error && error.name === 'TypeError')
}
