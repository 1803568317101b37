import type { Command } from 'commander'

/** docs/commands.md, from what the program itself says of its commands: each section is one `--help`. */
export function commandReference(program: Command): string {
  const parts = [
    '# The command line',
    'In a checkout, `npx mesh-art …`; below, `mesh-art`. Results go to stdout, everything else to stderr; a mistake is one line that says what to do. Exit codes: 0 it worked, 1 it did not, 2 wrong use. `--json` gives the data of a command as JSON. What takes longer than a second says how far it is.',
    'This page is made from `--help`: `node_modules/.bin/node node_modules/vitest/vitest.mjs run tests/node/commands -u` writes it anew.',
  ]
  const visit = (command: Command, path: string, depth: number): void => {
    if (depth > 0) {
      parts.push(
        `${'#'.repeat(Math.min(depth + 1, 3))} ${path}`,
        ['```text', helpOf(command), '```'].join('\n'),
      )
    }
    for (const sub of command.commands) visit(sub, `${path} ${sub.name()}`, depth + 1)
  }
  visit(program, program.name(), 0)
  return `${parts.join('\n\n')}\n`
}

/** As a terminal of a hundred columns shows it, so that no environment changes it. */
export function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (piece) => (text += piece), getOutHelpWidth: () => 100 })
  command.outputHelp()
  return text.replaceAll(/[ \t]+$/gm, '').trim()
}
