import { meshSeen } from './mesh-state.ts'
import { RadioVenue } from './radio-venue.ts'
import { boots } from './steps/boots.ts'
import { farWork } from './steps/far-work.ts'
import { forgets } from './steps/forgets.ts'
import { isolates } from './steps/isolates.ts'
import { joins } from './steps/joins.ts'
import { reroutes } from './steps/reroutes.ts'
import { stranger } from './steps/stranger.ts'
import { visitor } from './steps/visitor.ts'

/** One after the other: each begins where the last ended. */
const steps: readonly (readonly [string, (venue: RadioVenue) => Promise<void>])[] = [
  ['three nodes start from their rendered files', boots],
  ['their radios join by SAE, over two hops', joins],
  ['a visitor joins a hotspot and opens the gallery', visitor],
  ['a work comes from the far node, byte for byte', farWork],
  ['a radio link is cut, and the mesh goes round', reroutes],
  ['a wrong secret stays out', stranger],
  ['a phone reaches its node and nothing else', isolates],
  ['nobody is remembered', forgets],
]

const started = performance.now()
const say = (line: string): void => {
  const seconds = (performance.now() - started) / 1000
  console.log(`${seconds.toFixed(0).padStart(5)} s  ${line}`)
}

let venue: RadioVenue | undefined
try {
  venue = new RadioVenue((line) => say(`       ${line}`))
  for (const [title, step] of steps) {
    say(`...    ${title}`)
    await step(venue)
    say(`holds  ${title}`)
  }
  say(`all ${steps.length} hold`)
} catch (error) {
  let cause: unknown = error
  for (let depth = 0; cause instanceof Error && depth < 5; depth++, cause = cause.cause)
    say(`FAILED ${depth === 0 ? cause.stack : cause.message}`)
  for (const node of venue?.nodes ?? []) {
    console.log(`── ${node.name}`)
    console.log(meshSeen(node))
    console.log(node.tail())
  }
  process.exit(1)
}
process.exit(0)
