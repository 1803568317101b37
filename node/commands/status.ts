import { setTimeout } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { CommandError, oneLine } from '../cli/errors.ts'
import { NodeApi } from '../cli/node-api.ts'
import { note, print, printJson } from '../cli/output.ts'
import { inLines, overScreen } from '../cli/screen.ts'
import type { ScreenLine } from '../cli/screen.ts'
import { statusPicture, timeOf } from '../cli/status-picture.ts'
import type { StatusSource } from '../cli/status-picture.ts'
import { statusLanguages, statusWords } from '../cli/status-words.ts'
import type { StatusLanguage } from '../cli/status-words.ts'

const WATCH_EVERY_MS = 2_000
const CLEAR_SCREEN = '\u001b[2J'
/** Of what is no terminal: everything, as wide as it is. */
const NO_TERMINAL_COLUMNS = 120

export function statusCommand(): Command {
  return new Command('status')
    .description('says whether the mesh is well, what a running node holds, and which neighbours it has')
    .option('--node <url>', 'the node to ask', 'http://localhost:8080')
    .option('--watch', 'stays, and shows what changes; Ctrl+C ends it')
    .option('--json', 'prints data; with --watch one line each time')
    .addOption(
      new Option('--lang <language>', 'the language it is said in').choices(statusLanguages).default('en'),
    )
    .addHelpText(
      'after',
      `
Examples:
  mesh-art status --watch --node http://192.168.4.1:8080
  mesh-art status --lang nl`,
    )
    .action(status)
}

interface Options {
  readonly node: string
  readonly json?: boolean
  readonly watch?: boolean
  readonly lang: StatusLanguage
}

async function status(options: Options): Promise<void> {
  const api = new NodeApi(options.node)
  const { lang, json } = options
  const columns = process.stdout.isTTY ? process.stdout.columns : NO_TERMINAL_COLUMNS
  if (options.watch === true) return watch(api, options)
  const source = await ask(api)
  const { kinds: _, ...data } = source
  if (json === true) printJson(data)
  else print(inLines(statusPicture(source, lang, columns), hasColour()))
}

async function watch(api: NodeApi, { node: url, lang, json }: Options): Promise<void> {
  const { isTTY } = process.stdout
  const words = statusWords[lang]
  let last: StatusSource | undefined
  let answeredMs = performance.now()
  const draw = (source: StatusSource, above: readonly ScreenLine[]): void => {
    const { columns, rows } = process.stdout
    const lines = [...above, ...statusPicture(source, lang, columns)]
    process.stdout.write(overScreen(lines, { columns, rows }, hasColour(), words.more))
  }
  if (isTTY && json !== true) process.stdout.write(CLEAR_SCREEN)
  for (;;) {
    try {
      const { kinds, ...data } = await ask(api)
      last = { ...data, kinds }
      answeredMs = performance.now()
      if (json === true) print(JSON.stringify(data))
      else if (isTTY) draw(last, [])
      // In a pipe each follows the other.
      else print(`${inLines(statusPicture(last, lang, NO_TERMINAL_COLUMNS), hasColour())}\n`)
    } catch (err) {
      // It may only be restarting: whoever watches wants to see that, and the end of it.
      if (!(err instanceof CommandError)) throw err
      const silent = timeOf(Math.round((performance.now() - answeredMs) / 1000), words)
      if (isTTY && json !== true && last !== undefined)
        draw(last, [{ text: words.noAnswer(url, silent), tone: 'problem' }, { text: '' }])
      else note(oneLine(err))
    }
    await setTimeout(WATCH_EVERY_MS)
  }
}

async function ask(api: NodeApi): Promise<StatusSource> {
  const [node, mesh, health, kinds] = await Promise.all([
    api.node(),
    api.mesh(),
    api.health(),
    api.alertKinds(),
  ])
  return { node, mesh, health, kinds }
}

/** https://no-color.org */
function hasColour(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === ''
}
