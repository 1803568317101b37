/** Wrong use of the command line: exit code 2, one line on stderr. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Something did not work: exit code 1, one line on stderr that says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** What an error says on one line, for people. */
export function oneLine(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0)
    return `${error.message}: ${error.errors.map((inner) => oneLine(inner)).join('; ')}`
  const message = error instanceof Error ? error.message || error.name : String(error)
  return message.replaceAll(/\s*\n\s*/g, ' ')
}
