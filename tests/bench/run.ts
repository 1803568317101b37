import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchFileSize } from './file-size.ts'
import { benchMemory } from './memory.ts'
import { benchServe } from './serve.ts'
import { benchStart } from './start.ts'
import { asJson, asText, load } from './support/report.ts'
import type { BenchOptions, Section } from './support/report.ts'
import { benchTransfer } from './transfer.ts'
import { benchVisitors } from './visitors.ts'

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<Section>>> = {
  start: benchStart,
  memory: benchMemory,
  'file-size': benchFileSize,
  transfer: benchTransfer,
  serve: benchServe,
  visitors: benchVisitors,
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const names = positionals.length > 0 ? positionals : Object.keys(benches)
const unknown = names.filter((name) => benches[name] === undefined)
if (unknown.length > 0) {
  console.error(`there is no bench '${unknown.join("', '")}'; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
// Their handlers remove what a bench made, on the way out.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const machine = {
  date: new Date().toISOString().slice(0, 10),
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  runtime: `Node ${process.versions.node} ${process.platform}-${process.arch}`,
}
const done: object[] = []
if (!values.json) {
  console.log(
    `# Figures of ${machine.date}\n\n${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, ${machine.runtime}\n`,
  )
}
for (const name of names) {
  const before = load()
  try {
    const section = await benches[name]?.({ note: (text) => console.error(`${name}: ${text}`) })
    if (section === undefined) continue
    if (values.json) done.push({ ...asJson(section), loadBefore: before, loadAfter: load() })
    else
      console.log(
        `${asText(section)}\nLoad of the machine before and after (1, 5, 15 min): ${before}; ${load()}\n`,
      )
  } catch (error) {
    // The others may still say something.
    console.error(`${name}: could not be measured:`, error)
    process.exitCode = 1
  }
}
if (values.json) console.log(JSON.stringify({ machine, sections: done }, null, 2))
